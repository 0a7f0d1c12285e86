package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Wires gateways; the root does, so that whoever launches one need not know of what it is made. */
public interface GatewayStarter {
  /** A Vert.x for one, whose own meters go where its meters go. */
  Vertx vertx(Meters meters, ServerSettings server);

  /**
   * Starts one; it listens when the future completes.
   *
   * @param mayListen completes when clients may come; all else does not wait for it
   */
  Future<? extends Started> start(
      Vertx vertx, Meters meters, Settings settings, Future<Void> mayListen);

  /** A gateway that runs. */
  interface Started {
    /** The port that it listens on. */
    int port();

    /** Takes a new plan over; running answers are not disturbed. */
    Future<Void> reload(FleetPlan plan);

    /** Counts a configuration that was refused. */
    void refusedConfiguration();

    /** Accepts nothing new; completes when all answers have ended, or at the end of their time. */
    Future<Void> drain();
  }
}
