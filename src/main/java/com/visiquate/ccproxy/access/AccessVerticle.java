package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.AccessMessage.Barred;
import com.visiquate.ccproxy.bus.AccessMessage.Enter;
import com.visiquate.ccproxy.bus.AccessMessage.Entered;
import com.visiquate.ccproxy.bus.AccessMessage.Entry;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;

/** Holds keys to their quotas; owns the one turnstile, which only its own context touches. */
public final class AccessVerticle extends VerticleBase {
  private final FleetPlan plan;
  private final InstantSource clock;
  private final Turnstile turnstile = new Turnstile();
  private List<Bus.Subscription> subscriptions = List.of();

  public AccessVerticle(FleetPlan plan, InstantSource clock) {
    this.plan = plan;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    turnstile.follow(plan.keys(), clock.instant());
    Bus bus = Bus.of(vertx);
    subscriptions =
        List.of(
            bus.listen(
                Address.FLEET_PLAN,
                replanned -> turnstile.follow(replanned.plan().keys(), clock.instant())),
            bus.answer(Address.ACCESS_ENTER, this::enter),
            bus.listen(
                Address.ACCESS_EXITED,
                exited -> turnstile.exit(exited.exchange(), exited.tokens(), clock.instant())));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }

  private Entry enter(Enter enter) {
    return turnstile
        .enter(enter.exchange(), enter.key(), clock.instant())
        .<Entry>map(Barred::new)
        .orElseGet(Entered::new);
  }
}
