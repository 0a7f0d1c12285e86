package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.health.HealthState;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.LogKeys;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An operator's day: up, down and hung, once each; what lies between is not news. Owns what was
 * said last.
 */
final class HealthNews {
  private static final Logger LOG = LoggerFactory.getLogger(HealthNews.class);

  private @Nullable Health announced;

  void heard(BackendId backend, HealthState state, String version) {
    if (state instanceof HealthState.Hung hung && hung.answers() == 0) {
      LOG.atWarn()
          .addKeyValue(LogKeys.BACKEND, backend)
          .addKeyValue(LogKeys.REASON, hung.reason())
          .log("backend hung");
    }
    Health now = state.health();
    if (now == announced || (now != Health.UP && now != Health.DOWN)) {
      return;
    }
    announced = now;
    if (now == Health.UP) {
      LOG.atInfo()
          .addKeyValue(LogKeys.BACKEND, backend)
          .addKeyValue(LogKeys.VERSION, version)
          .log("backend up");
    } else {
      LOG.atInfo()
          .addKeyValue(LogKeys.BACKEND, backend)
          .addKeyValue(LogKeys.REASON, state.reason())
          .log("backend down");
    }
  }
}
