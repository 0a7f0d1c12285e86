package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.AccessMessage.Barred;
import com.visiquate.ccproxy.bus.AccessMessage.Enter;
import com.visiquate.ccproxy.bus.AccessMessage.Entered;
import com.visiquate.ccproxy.bus.AccessMessage.Entry;
import com.visiquate.ccproxy.bus.AccessMessage.Exited;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks for leave for exchanges whose key is limited or whose budget could be used up; owns which of
 * this ingress have asked.
 */
public final class Quotas {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final Bus bus;
  private final BudgetClient budgets;
  private final Set<ExchangeId> asked = new HashSet<>();

  public Quotas(Bus bus) {
    this.bus = bus;
    this.budgets = new BudgetClient(bus);
  }

  /** Whether somebody has to be asked at all; most clients have no limits. */
  public static boolean bind(@Nullable AccessKey key, ClientId client, Accounting accounting) {
    return bind(key) || BudgetClient.bind(accounting, name(key), client);
  }

  private static boolean bind(@Nullable AccessKey key) {
    return key != null && !key.quota().isUnlimited();
  }

  private static @Nullable String name(@Nullable AccessKey key) {
    return key == null ? null : key.name();
  }

  /** Why the exchange may not begin; empty when it may. */
  public Future<Optional<Failure>> enter(
      ExchangeId exchange, @Nullable AccessKey key, ClientId client, Accounting accounting) {
    if (!BudgetClient.bind(accounting, name(key), client)) {
      return enter(exchange, key);
    }
    return budgets
        .objection(name(key), client)
        .compose(
            objection ->
                objection.isPresent() ? Future.succeededFuture(objection) : enter(exchange, key));
  }

  private Future<Optional<Failure>> enter(ExchangeId exchange, @Nullable AccessKey key) {
    if (key == null || !bind(key)) {
      return Future.succeededFuture(Optional.empty());
    }
    asked.add(exchange);
    return bus.ask(Address.ACCESS_ENTER, new Enter(exchange, key.name()), PATIENCE)
        .map(Quotas::objection)
        .otherwise(silence -> Optional.of(Failure.notReady()));
  }

  /** It has ended; harmless when it had not asked. */
  public void ended(ExchangeId exchange, Counts counts) {
    if (asked.remove(exchange)) {
      long tokens = (long) counts.promptTokens() + counts.outputTokens();
      bus.send(Address.ACCESS_EXITED, new Exited(exchange, tokens));
    }
  }

  private static Optional<Failure> objection(Entry entry) {
    return switch (entry) {
      case Entered yes -> Optional.empty();
      case Barred no -> Optional.of(no.failure());
    };
  }
}
