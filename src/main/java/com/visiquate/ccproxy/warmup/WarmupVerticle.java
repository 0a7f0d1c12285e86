package com.visiquate.ccproxy.warmup;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Fact;
import com.visiquate.ccproxy.bus.WarmupMessage;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.warmup.WarmPlan.Order;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the backends to load what configuration wants loaded. */
public final class WarmupVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(WarmupVerticle.class);
  private static final long TICK_MILLIS = 1_000;

  /** A load takes as long as it takes; this only notices a backend that will never reply. */
  private static final Duration LONGEST_LOAD = Duration.ofHours(2);

  private final WarmPlan plan;
  private final Clock clock;
  private List<Bus.Subscription> subscriptions = List.of();
  private @Nullable Bus bus;
  private long timer = -1;
  private boolean ending;

  public WarmupVerticle(FleetPlan plan) {
    this(plan, Clock.systemUTC());
  }

  WarmupVerticle(FleetPlan plan, Clock clock) {
    this.plan = new WarmPlan(plan);
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    Bus here = Bus.of(vertx);
    subscriptions =
        List.of(
            here.listen(Address.FLEET_STATUS, this::changed),
            here.listen(Address.FLEET_PLAN, replanned -> replan(replanned.plan())),
            here.listen(Address.DRAINING, draining -> ending = true));
    timer = vertx.setPeriodic(TICK_MILLIS, tick -> order());
    bus = here;
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    ending = true;
    vertx.cancelTimer(timer);
    subscriptions.forEach(Bus.Subscription::end);
    return Future.succeededFuture();
  }

  private void changed(Announcement.StatusChanged change) {
    plan.status(change.status(), clock.instant());
    order();
  }

  private void replan(FleetPlan newPlan) {
    plan.replan(newPlan);
    order();
  }

  private void order() {
    Bus here = bus;
    if (!ending && here != null) {
      plan.due(clock.instant()).forEach(order -> ask(here, order));
    }
  }

  private void ask(Bus here, Order order) {
    LOG.atDebug()
        .addKeyValue(LogKeys.BACKEND, order.backend())
        .addKeyValue(LogKeys.MODEL, order.model().name())
        .log("warming");
    Instant begin = clock.instant();
    here.ask(Address.warm(order.backend()), new WarmupMessage.Warm(order.model()), LONGEST_LOAD)
        .onSuccess(reply -> replied(here, order, reply, begin))
        // Nobody answers: the backend is being replaced, or has ended.
        .onFailure(nobody -> plan.postponed(order, clock.instant()));
  }

  private void replied(Bus here, Order order, WarmupMessage.WarmReply reply, Instant begin) {
    if (ending) {
      LOG.atDebug()
          .addKeyValue(LogKeys.BACKEND, order.backend())
          .addKeyValue(LogKeys.RECORD, reply)
          .log("ended while warming");
      return;
    }
    switch (reply) {
      case WarmupMessage.Warmed(var took) -> {
        plan.loaded(order, clock.instant());
        publish(here, order, true, took);
      }
      case WarmupMessage.NotWarmed(var failure) when failure.kind() == Failure.Kind.NO_BACKEND ->
          plan.postponed(order, clock.instant());
      case WarmupMessage.NotWarmed(var failure) -> {
        failed(order, failure);
        publish(here, order, false, Duration.between(begin, clock.instant()));
      }
    }
  }

  private void failed(Order order, Failure failure) {
    Duration pause = plan.failed(order, clock.instant());
    LOG.atWarn()
        .addKeyValue(LogKeys.BACKEND, order.backend())
        .addKeyValue(LogKeys.MODEL, order.model().name())
        .addKeyValue(LogKeys.REASON, failure.message())
        .addKeyValue(LogKeys.DETAIL, failure.detail())
        .addKeyValue(LogKeys.RETRY_S, pause.toSeconds())
        .log("warm-up failed");
  }

  private static void publish(Bus here, Order order, boolean loaded, Duration took) {
    here.publish(
        Address.METRICS_FACT,
        new Fact.WarmEnded(order.backend(), order.model().name(), loaded, took));
  }
}
