package com.visiquate.ccproxy;

import com.visiquate.ccproxy.cluster.ClusterVerticle;
import com.visiquate.ccproxy.cluster.LeaderStages;
import com.visiquate.ccproxy.cluster.SharedSizes;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.routing.RoutingVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.SplittableRandom;

/** The routing of this node while it leads others: one begins after the one before it has ended. */
final class Leading implements LeaderStages {
  private final Vertx vertx;
  private Future<String> last = Future.succeededFuture("");

  private Leading(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What makes the order where several nodes act as one. */
  static Deployable cluster(Vertx vertx, Settings settings) {
    SharedSizes sizes = SharedSizes.of(settings.memory().bytes(), settings.cache().size());
    return new ClusterVerticle(settings.cluster(), settings.plan(), sizes, new Leading(vertx));
  }

  @Override
  public Future<Void> begin(FleetPlan plan) {
    Future<String> begun =
        end()
            .compose(
                ended ->
                    vertx.deployVerticle(
                        RoutingVerticle.leading(
                            plan, InstantSource.system(), new SplittableRandom())));
    last = begun;
    return begun.mapEmpty();
  }

  @Override
  public Future<Void> end() {
    Future<Void> ended =
        last.transform(
            before ->
                before.failed() || before.result().isEmpty()
                    ? Future.succeededFuture()
                    : vertx.undeploy(before.result()));
    last = ended.map("");
    return ended;
  }
}
