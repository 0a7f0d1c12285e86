package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetAnswer;
import com.visiquate.ccproxy.bus.BudgetMessage.MayBegin;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.fleet.ClientId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks whether a budget leaves room for one more request. */
public final class BudgetClient {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private final Bus bus;

  public BudgetClient(Bus bus) {
    this.bus = bus;
  }

  /** Whether somebody has to be asked at all; most clients have no budget that refuses. */
  public static boolean bind(Accounting accounting, @Nullable String key, ClientId client) {
    return !accounting.budgets().isEmpty() && accounting.binds(named(key), client);
  }

  /** Why the request may not begin; empty when it may. */
  public Future<Optional<Failure>> objection(@Nullable String key, ClientId client) {
    return bus.ask(Address.BUDGET_ASK, new MayBegin(named(key), client), PATIENCE)
        .map(BudgetAnswer::objection)
        .map(Optional::ofNullable)
        .otherwise(silence -> Optional.of(Failure.notReady()));
  }

  private static String named(@Nullable String key) {
    return key == null ? "" : key;
  }
}
