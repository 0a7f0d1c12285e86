package com.visiquate.ccproxy.fleet;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** For how long Ollama keeps a model, as its {@code keep_alive} says. */
public final class KeepAlive {
  private static final Duration OLLAMAS_DEFAULT = Duration.ofMinutes(5);
  private static final Pattern SECONDS = Pattern.compile("-?\\d{1,12}");
  private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

  private KeepAlive() {}

  /** Empty for ever; zero when the model would be unloaded at once. */
  public static Optional<Duration> of(String text) {
    if (SECONDS.matcher(text).matches()) {
      long seconds = Long.parseLong(text);
      return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }
    return text.startsWith("-") ? Optional.empty() : Optional.of(sum(text));
  }

  private static Duration sum(String text) {
    Matcher part = PART.matcher(text);
    Duration sum = Duration.ZERO;
    boolean any = false;
    while (part.find()) {
      any = true;
      double count = Double.parseDouble(part.group(1));
      sum = sum.plusMillis(Math.round(count * unitMillis(part.group(2))));
    }
    return any ? sum : OLLAMAS_DEFAULT;
  }

  private static long unitMillis(String unit) {
    return switch (unit) {
      case "ms" -> 1;
      case "s" -> 1_000;
      case "m" -> 60_000;
      default -> 3_600_000;
    };
  }
}
