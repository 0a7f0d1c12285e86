package com.visiquate.ccproxy.alerts;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import io.vertx.core.Future;

/** A way to somebody who is told of alerts. */
interface Channel {
  /** Its name in the log. */
  String name();

  /** Tells of one; fails when it could not be told, or when nobody knows whether it was. */
  Future<?> tell(Alert alert);

  /** Closes what it holds. */
  Future<?> close();
}
