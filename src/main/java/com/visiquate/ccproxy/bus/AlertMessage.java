package com.visiquate.ccproxy.bus;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others ask of the alerts, and the answer. */
public sealed interface AlertMessage extends BusMessage {
  /** What is wrong, and what was? */
  record AlertsQuery() implements AlertMessage {}

  /**
   * The answer to {@link AlertsQuery}.
   *
   * @param firing what is wrong now, the oldest first
   * @param resolved what was, the last first; only the last hundred
   */
  record AlertsFound(List<Alert> firing, List<Alert> resolved) implements AlertMessage {
    public AlertsFound {
      firing = List.copyOf(firing);
      resolved = List.copyOf(resolved);
    }
  }

  /** How soon somebody must look. */
  enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /**
   * One event: something was wrong for some time.
   *
   * @param id tells this event from all others, also from those before a restart
   * @param rule the name of the rule that found it
   * @param subject what it is about, e.g. the id of a backend; empty for the gateway itself
   * @param text what is wrong and what to do
   * @param fired since when it counts
   * @param resolved when it was over; null while it is not
   */
  record Alert(
      String id,
      String rule,
      String subject,
      Severity severity,
      String text,
      Instant fired,
      @Nullable Instant resolved) {
    public boolean isFiring() {
      return resolved == null;
    }

    /** The same, over. */
    public Alert resolvedAt(Instant moment) {
      return new Alert(id, rule, subject, severity, text, fired, moment);
    }
  }
}
