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
import com.visiquate.ccproxy.fleet.ExchangeId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks for leave for exchanges whose key is limited; owns which of this ingress have asked. */
public final class Quotas {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final Bus bus;
  private final Set<ExchangeId> asked = new HashSet<>();

  public Quotas(Bus bus) {
    this.bus = bus;
  }

  /** Whether somebody has to be asked at all; most keys have no limits. */
  public static boolean bind(@Nullable AccessKey key) {
    return key != null && !key.quota().isUnlimited();
  }

  /** Why the exchange may not begin; empty when it may. */
  public Future<Optional<Failure>> enter(ExchangeId exchange, AccessKey key) {
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
