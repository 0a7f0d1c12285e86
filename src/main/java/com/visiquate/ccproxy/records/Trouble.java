package com.visiquate.ccproxy.records;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A disk that does not take records; said once for each reason, for it is tried again and again.
 */
final class Trouble {
  private static final Logger LOG = LoggerFactory.getLogger(Trouble.class);

  private @Nullable Instant since;
  private String why = "";

  void met(Throwable cause, Instant now) {
    String reason = String.valueOf(cause.getMessage());
    if (!reason.equals(why)) {
      LOG.error("records cannot be kept, requests go on without: {}", reason);
    }
    why = reason;
    since = since == null ? now : since;
  }

  void over() {
    if (since != null) {
      LOG.info("records are kept again");
    }
    since = null;
    why = "";
  }

  /** Null when there is none. */
  @Nullable Instant since() {
    return since;
  }

  String why() {
    return why;
  }
}
