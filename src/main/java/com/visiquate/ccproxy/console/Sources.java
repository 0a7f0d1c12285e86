package com.visiquate.ccproxy.console;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.AlertsQuery;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.OperatorMessage.Inspect;
import com.visiquate.ccproxy.bus.OperatorMessage.Look;
import com.visiquate.ccproxy.bus.OperatorMessage.Totals;
import com.visiquate.ccproxy.bus.OperatorMessage.TotalsQuery;
import com.visiquate.ccproxy.console.feed.Picture;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Asks the other stages; owns what each of them has said last. */
final class Sources {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Rows of each queue: more than a person scrolls through. */
  private static final int MOST = 1_000;

  /** Of so many looks one asks for what changes slowly. */
  private static final int SLOWLY = 4;

  private final Bus bus;
  private final long memory;
  private final Map<BackendId, BackendStatus> statuses = new HashMap<>();
  private final Map<BackendId, Map<ExchangeId, Integer>> spoken = new HashMap<>();
  private FleetPlan plan;
  private List<Alert> alerts = List.of();
  private Totals totals = Totals.NONE;
  private long looks;

  /**
   * Nobody has said anything.
   *
   * @param memory bytes of this machine; 0 when not known
   */
  Sources(Bus bus, FleetPlan plan, long memory) {
    this.bus = bus;
    this.plan = plan;
    this.memory = memory;
  }

  void changed(BackendStatus status) {
    if (plan.backend(status.id()).isPresent()) {
      statuses.put(status.id(), status);
    }
  }

  void replanned(FleetPlan next) {
    plan = next;
    statuses.keySet().removeIf(id -> next.backend(id).isEmpty());
    spoken.keySet().removeIf(id -> next.backend(id).isEmpty());
  }

  /** How everything is now; fails when routing does not say. */
  Future<Picture> look() {
    Future<Void> slow = looks++ % SLOWLY == 0 ? askSlowly() : Future.succeededFuture();
    return slow.compose(asked -> bus.ask(Address.ROUTING_INSPECT, new Inspect(MOST), PATIENCE))
        .map(
            seen ->
                new Picture(seen.report(), plan, statuses, alerts, allSpoken(), totals, memory));
  }

  /** Whoever does not answer has said nothing new. */
  private Future<Void> askSlowly() {
    Future<?> firing =
        bus.ask(Address.ALERTS_FIND, new AlertsQuery(), PATIENCE)
            .onSuccess(found -> alerts = found.firing());
    Future<?> counted =
        bus.ask(Address.METRICS_TOTALS, new TotalsQuery(), PATIENCE)
            .onSuccess(found -> totals = found);
    List<Future<?>> asked = new ArrayList<>(plan.backends().stream().map(this::listen).toList());
    asked.add(firing);
    asked.add(counted);
    return Future.join(asked).<Void>mapEmpty().otherwiseEmpty();
  }

  private Future<?> listen(BackendSpec backend) {
    return bus.ask(Address.look(backend.id()), new Look(), PATIENCE)
        .onSuccess(heard -> spoken.put(backend.id(), heard.tokens()))
        .onFailure(silence -> spoken.remove(backend.id()));
  }

  private Map<ExchangeId, Integer> allSpoken() {
    Map<ExchangeId, Integer> all = new HashMap<>();
    spoken.values().forEach(all::putAll);
    return all;
  }
}
