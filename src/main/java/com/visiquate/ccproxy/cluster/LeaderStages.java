package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;

/** What only the node has that leads; the root knows of what it is made. */
public interface LeaderStages {
  /** A routing that knows nothing begins; completes when it listens. */
  Future<Void> begin(FleetPlan plan);

  /** It ends; harmless when there is none. */
  Future<Void> end();
}
