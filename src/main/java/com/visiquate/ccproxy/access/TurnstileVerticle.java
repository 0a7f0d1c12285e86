package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Holds the keys of all nodes to their quotas, on the node that leads; owns the turnstile of all,
 * which only its own context touches.
 */
public final class TurnstileVerticle extends VerticleBase {
  private final FleetPlan plan;
  private final InstantSource clock;
  private final CommonTurnstile turnstile;
  private List<Bus.Subscription> subscriptions = List.of();

  /**
   * One that must be told everything.
   *
   * @param clock a steady one
   */
  public TurnstileVerticle(FleetPlan plan, InstantSource clock, RandomGenerator random) {
    this.plan = plan;
    this.clock = clock;
    this.turnstile = new CommonTurnstile(random.nextLong(1, Long.MAX_VALUE), clock.instant());
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    turnstile.follow(plan.keys());
    subscriptions =
        List.of(
            bus.listen(Address.FLEET_PLAN, replanned -> turnstile.follow(replanned.plan().keys())),
            bus.listen(
                Address.CLUSTER_MEMBERS,
                gathered -> turnstile.gather(Set.copyOf(gathered.members()))),
            bus.among(Bus.LEADER)
                .answer(Address.ACCESS_CLAIM, claims -> turnstile.hear(claims, clock.instant())));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }
}
