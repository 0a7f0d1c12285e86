package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.AlertMessage.Severity;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A condition that holds at a look.
 *
 * @param subject what it is about; empty for the gateway itself
 * @param text what is wrong and what to do
 * @param lasting for how long it must hold before somebody is told
 * @param since since when it is known to hold; null for as long as it was found
 * @param news whether only that it began is worth telling
 */
record Finding(
    String subject,
    Severity severity,
    String text,
    Duration lasting,
    @Nullable Instant since,
    boolean news) {
  Finding {
    subject = Text.line(subject);
    text = Text.line(text);
  }

  static Finding critical(String subject, String text) {
    return new Finding(subject, Severity.CRITICAL, text, Duration.ZERO, null, false);
  }

  static Finding warning(String subject, String text) {
    return new Finding(subject, Severity.WARNING, text, Duration.ZERO, null, false);
  }

  static Finding info(String subject, String text) {
    return new Finding(subject, Severity.INFO, text, Duration.ZERO, null, false);
  }

  /** The same, when it has held for so long. */
  Finding lasting(Duration time, Instant begun) {
    return new Finding(subject, severity, text, time, begun, news);
  }

  /** The same, of which nobody need hear that it is over. */
  Finding asNews() {
    return new Finding(subject, severity, text, lasting, since, true);
  }
}
