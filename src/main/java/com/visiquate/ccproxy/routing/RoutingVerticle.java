package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The one place of a node where requests wait. Deploy it before the backends: they publish their
 * status only when it changes, and a backend that has not been heard of gets nothing.
 */
public final class RoutingVerticle extends VerticleBase {
  /** Milliseconds for which steps are gathered; nobody sees a tenth of a second. */
  private static final long STEPS = 100;

  private final FleetPlan plan;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final String circle;
  private @Nullable RoutingDesk desk;

  /**
   * Not yet listening.
   *
   * @param random decides between backends that are equally good
   */
  public RoutingVerticle(FleetPlan plan, InstantSource clock, RandomGenerator random) {
    this(plan, clock, random, "");
  }

  private RoutingVerticle(
      FleetPlan plan, InstantSource clock, RandomGenerator random, String circle) {
    this.plan = plan;
    this.clock = clock;
    this.random = random;
    this.circle = circle;
  }

  /** One that makes the order for several nodes, and talks to owners by way of their cluster. */
  public static RoutingVerticle leading(
      FleetPlan plan, InstantSource clock, RandomGenerator random) {
    return new RoutingVerticle(plan, clock, random, Bus.LEADER);
  }

  @Override
  public Future<?> start() {
    Scheduler scheduler = new Scheduler(plan, random, clock.instant());
    WakeTimer alarm = new WakeTimer(vertx, clock);
    Bus bus = Bus.of(vertx);
    Bus owners = circle.isEmpty() ? bus : bus.among(circle);
    Outbox outbox = new Outbox(bus, owners, task -> vertx.setTimer(STEPS, due -> task.run()));
    RoutingDesk opened =
        new RoutingDesk(scheduler, plan, outbox, alarm, new WakeTimer(vertx, clock));
    desk = opened;
    opened.open(bus, owners);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return desk == null ? Future.succeededFuture() : desk.close();
  }
}
