package com.visiquate.ccproxy.config.logs;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;

/** How an event becomes a line: text for people, JSON for programs. */
final class Lines {
  /** Line breaks in a value, perhaps a client's, must not look like another event. */
  private static final String MESSAGE = "%replace(%msg %kvp){'[\\r\\n]+', ' '}";

  private static final String TEXT =
      "%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{0} - %replace("
          + MESSAGE
          + "){' $', ''}%n%ex";

  private Lines() {}

  static Encoder<ILoggingEvent> of(LoggerContext context, String format) {
    return format.equals("json") ? json(context) : text(context);
  }

  static Encoder<ILoggingEvent> text(LoggerContext context) {
    PatternLayoutEncoder encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(TEXT);
    encoder.setCharset(StandardCharsets.UTF_8);
    encoder.start();
    return encoder;
  }

  private static Encoder<ILoggingEvent> json(LoggerContext context) {
    JsonLines encoder = new JsonLines();
    encoder.setContext(context);
    encoder.start();
    return encoder;
  }
}
