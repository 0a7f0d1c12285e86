package com.visiquate.ccproxy.tracing;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.config.TracingSettings;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Sends the spans of each request that has ended. */
public final class TracingVerticle extends VerticleBase {
  private static final long LONGEST_END_MILLIS = 2_000;
  private final Collector collector;
  private FleetPlan plan;
  private List<Bus.Subscription> subscriptions = List.of();

  public TracingVerticle(TracingSettings settings, FleetPlan plan) {
    this.collector = new Collector(settings);
    this.plan = plan;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    subscriptions =
        List.of(
            bus.listen(Address.FLEET_PLAN, replanned -> plan = replanned.plan()),
            bus.listen(Address.EXCHANGE_ENDED, this::ended));
    return Future.succeededFuture();
  }

  /** Sends what is left, and waits for that only so long. */
  @Override
  public Future<?> stop() {
    Promise<Void> sent = Promise.promise();
    collector.end(sent::tryComplete);
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList())
        .compose(deaf -> sent.future().timeout(LONGEST_END_MILLIS, TimeUnit.MILLISECONDS))
        .otherwiseEmpty();
  }

  private void ended(ExchangeEnded end) {
    collector.tell(Spans.of(end, plan), TraceParent.of(end.asked().traceparent()));
  }
}
