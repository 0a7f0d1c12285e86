package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.OperatorMessage.Inspect;
import com.visiquate.ccproxy.bus.OperatorMessage.Totals;
import com.visiquate.ccproxy.bus.OperatorMessage.TotalsQuery;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * The models as a person chooses among them: which are there, what they can, what they are like.
 */
final class ModelsRoute {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private final Bus bus;
  private final Gate gate;
  private final FleetView fleet;
  private final InstantSource clock;

  ModelsRoute(Bus bus, Gate gate, FleetView fleet, InstantSource clock) {
    this.bus = bus;
    this.gate = gate;
    this.fleet = fleet;
    this.clock = clock;
  }

  void mount(SmallRoutes routes) {
    routes.read("/ccproxy/models", this::list);
  }

  /** What nobody says now is left out; a list with less is better than none. */
  private void list(RoutingContext context) {
    Future<QueueReport> report =
        bus.ask(Address.ROUTING_INSPECT, new Inspect(0), PATIENCE)
            .map(seen -> seen.report())
            .otherwise(silence -> nothing(clock.instant()));
    Future<Totals> totals =
        bus.ask(Address.METRICS_TOTALS, new TotalsQuery(), PATIENCE).otherwise(Totals.NONE);
    Future.all(report, totals)
        .map(
            all ->
                new ModelList(fleet, report.result(), totals.result())
                    .of(gate.key(context.request())))
        .onSuccess(
            body -> SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(body.encode())))
        .onFailure(context::fail);
  }

  private static QueueReport nothing(Instant now) {
    return new QueueReport(now, List.of(), List.of());
  }
}
