package com.visiquate.ccproxy;

import com.visiquate.ccproxy.access.BookVerticle;
import com.visiquate.ccproxy.access.TurnstileVerticle;
import com.visiquate.ccproxy.cluster.ClusterVerticle;
import com.visiquate.ccproxy.cluster.LeaderStages;
import com.visiquate.ccproxy.cluster.SharedSizes;
import com.visiquate.ccproxy.cluster.SteadyClock;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.routing.RoutingVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The routing and the turnstile of this node while it leads others: they begin after those before
 * them have ended.
 */
final class Leading implements LeaderStages {
  private final Vertx vertx;
  private Future<List<String>> last = Future.succeededFuture(List.of());

  private Leading(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What makes the order where several nodes act as one. */
  static Deployable cluster(Vertx vertx, Settings settings) {
    SharedSizes sizes = SharedSizes.of(settings.memory().bytes(), settings.cache().size());
    return new ClusterVerticle(settings.cluster(), settings.plan(), sizes, new Leading(vertx));
  }

  /** What asks for its clients at the turnstile of all. */
  static Deployable book(FleetPlan plan) {
    return new BookVerticle(plan, new SteadyClock());
  }

  @Override
  public Future<Void> begin(FleetPlan plan) {
    Future<List<String>> begun = end().compose(ended -> deploy(plan));
    last = begun;
    return begun.mapEmpty();
  }

  private Future<List<String>> deploy(FleetPlan plan) {
    SplittableRandom random = new SplittableRandom();
    TurnstileVerticle turnstile = new TurnstileVerticle(plan, new SteadyClock(), random.split());
    return vertx
        .deployVerticle(turnstile)
        .compose(
            one ->
                vertx
                    .deployVerticle(RoutingVerticle.leading(plan, InstantSource.system(), random))
                    .map(other -> List.of(one, other)));
  }

  @Override
  public Future<Void> end() {
    Future<Void> ended =
        last.transform(
            before ->
                before.failed()
                    ? Future.succeededFuture()
                    : Future.join(before.result().stream().map(vertx::undeploy).toList())
                        .mapEmpty());
    last = ended.map(List.of());
    return ended;
  }
}
