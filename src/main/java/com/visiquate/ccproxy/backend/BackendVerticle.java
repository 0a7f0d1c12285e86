package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RearmableTimer;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Limits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stage of one Ollama: what the house asks it on the bus, and when it ends. */
public final class BackendVerticle extends VerticleBase {
  private final BackendSpec spec;
  private final Limits limits;
  private final Clock clock;
  private List<Bus.Subscription> subscriptions = List.of();
  private @Nullable Backend backend;
  private @Nullable RearmableTimer lastCall;

  public BackendVerticle(BackendSpec spec, Limits limits) {
    this(spec, limits, Clock.systemUTC());
  }

  BackendVerticle(BackendSpec spec, Limits limits, Clock clock) {
    this.spec = spec;
    this.limits = limits;
    this.clock = clock;
  }

  public BackendId id() {
    return spec.id();
  }

  @Override
  public Future<?> start() {
    Bus shared = Bus.of(vertx);
    Backend here = new Backend(vertx, clock, new Reports(shared, id()), spec, limits);
    Bus bus = shared.mendedBy(here::mend);
    RearmableTimer alarm = new RearmableTimer(vertx);
    subscriptions =
        List.of(
            bus.listen(Address.start(id()), here::order),
            bus.answer(Address.inquiry(id()), here::inquire),
            bus.listen(Address.control(id()), here::control),
            bus.answer(Address.look(id()), look -> here.look()),
            bus.answerLater(Address.warm(id()), here.management()::warm),
            bus.answerLater(Address.manage(id()), here.management()::manage),
            bus.listen(Address.FLEET_PLAN, replanned -> replan(here, replanned.plan())),
            bus.listen(Address.DRAINING, draining -> drain(here, alarm, draining)));
    backend = here;
    lastCall = alarm;
    here.begin();
    return Future.succeededFuture();
  }

  /**
   * Takes no new work; completes when nothing runs here any more, and then the verticle can be
   * undeployed without harm. May be called from any thread.
   */
  public Future<Void> retire() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(nothing -> retired().onComplete(done));
    return done.future();
  }

  private Future<Void> retired() {
    return backend == null ? Future.succeededFuture() : backend.retire("it is being removed");
  }

  @Override
  public Future<?> stop() {
    subscriptions.forEach(Bus.Subscription::end);
    if (lastCall != null) {
      lastCall.clear();
    }
    return backend == null ? Future.succeededFuture() : backend.end();
  }

  /** A plan without this backend takes its new work away; the root ends it when it is idle. */
  private void replan(Backend here, FleetPlan plan) {
    plan.backend(id())
        .ifPresentOrElse(
            found -> here.replan(found, plan.limits()),
            () -> here.close("it is not configured any more"));
  }

  private void drain(Backend here, RearmableTimer alarm, Announcement.Draining draining) {
    here.close("the gateway is shutting down");
    alarm.set(Duration.between(Instant.now(clock), draining.until()), here::endRuns);
  }
}
