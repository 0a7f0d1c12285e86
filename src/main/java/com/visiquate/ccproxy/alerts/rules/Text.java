package com.visiquate.ccproxy.alerts.rules;

import java.time.Duration;
import java.util.Locale;

/** The words and numbers of alerts, the same on every machine. */
final class Text {
  private static final double GIB = 1L << 30;
  private static final double MIB = 1L << 20;

  private Text() {}

  /** On one line, whatever a client calls itself. */
  static String line(String text) {
    return text.replaceAll("\\p{Cntrl}+", " ");
  }

  static String seconds(Duration time) {
    return seconds(time.toMillis() / 1e3);
  }

  static String seconds(double seconds) {
    return number(seconds) + " s";
  }

  static String bytes(double bytes) {
    return bytes >= GIB ? number(bytes / GIB) + " GiB" : number(bytes / MIB) + " MiB";
  }

  static String percent(double share) {
    return number(100 * share) + " %";
  }

  /** With one digit after the point, where there is something to tell. */
  static String number(double value) {
    String text = String.format(Locale.ROOT, "%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }
}
