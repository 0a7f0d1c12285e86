package com.visiquate.ccproxy;

import com.visiquate.ccproxy.backend.BackendVerticle;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The backend verticles that are deployed, and those that are on their way out. */
final class Backends {
  private final Vertx vertx;
  private final Map<BackendId, BackendVerticle> deployed = new ConcurrentHashMap<>();
  private final Map<BackendId, Future<Void>> leaving = new ConcurrentHashMap<>();

  Backends(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Deploys what the plan has and we have not; what it has no more leaves when it is idle. */
  Future<Void> follow(FleetPlan plan) {
    deployed.keySet().stream().filter(id -> plan.backend(id).isEmpty()).forEach(this::retire);
    List<Future<Void>> arriving =
        plan.here().stream()
            .filter(spec -> !deployed.containsKey(spec.id()))
            .map(spec -> deploy(spec, plan))
            .toList();
    return Future.all(arriving).mapEmpty();
  }

  /** Ends all of them, running answers included. */
  Future<Void> end() {
    return Future.join(deployed.values().stream().map(this::undeploy).toList()).mapEmpty();
  }

  private Future<Void> deploy(BackendSpec spec, FleetPlan plan) {
    BackendVerticle verticle = new BackendVerticle(spec, plan.limits());
    deployed.put(spec.id(), verticle);
    Future<Void> gone = leaving.getOrDefault(spec.id(), Future.succeededFuture());
    // Two verticles of one name would both answer for it.
    return gone.compose(free -> vertx.deployVerticle(verticle)).mapEmpty();
  }

  private void retire(BackendId id) {
    BackendVerticle verticle = deployed.remove(id);
    if (verticle != null) {
      Future<Void> gone = verticle.retire().eventually(() -> undeploy(verticle));
      leaving.put(id, gone.onComplete(done -> leaving.remove(id)));
    }
  }

  private Future<Void> undeploy(BackendVerticle verticle) {
    return verticle.deploymentID() == null
        ? Future.succeededFuture()
        : vertx.undeploy(verticle.deploymentID());
  }
}
