package com.visiquate.ccproxy.simulator.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code keep_alive}: seconds, or a duration as Go writes it; negative is for ever. */
public final class GoDuration {
  private static final Duration FOREVER = Duration.ofSeconds(-1);
  private static final Pattern WHOLE =
      Pattern.compile("([-+]?)((?:\\d+\\.?\\d*|\\.\\d+)(?:ns|us|µs|ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|µs|ms|s|m|h)");
  private static final Map<String, Long> NANOS =
      Map.of(
          "ns", 1L,
          "us", 1_000L,
          "µs", 1_000L,
          "ms", 1_000_000L,
          "s", 1_000_000_000L,
          "m", 60_000_000_000L,
          "h", 3_600_000_000_000L);

  private GoDuration() {}

  public static Optional<Duration> of(JsonNode value) {
    if (value.isMissingNode()) {
      return Optional.empty();
    }
    if (value.isNumber()) {
      double seconds = value.asDouble();
      return Optional.of(seconds < 0 ? FOREVER : Duration.ofNanos((long) (seconds * 1e9)));
    }
    if (value.isTextual()) {
      return Optional.of(parse(value.asText()));
    }
    throw RefusedException.error(400, "keep_alive must be a number or a duration string");
  }

  private static Duration parse(String text) {
    if (text.equals("0")) {
      return Duration.ZERO;
    }
    if (text.matches("[-+]?\\d+(\\.\\d*)?")) {
      throw RefusedException.error(400, "time: missing unit in duration " + GoJson.quoted(text));
    }
    if (!WHOLE.matcher(text).matches()) {
      throw RefusedException.error(400, "time: invalid duration " + GoJson.quoted(text));
    }
    return text.startsWith("-") ? FOREVER : Duration.ofNanos(sum(text));
  }

  private static long sum(String text) {
    Matcher part = PART.matcher(text);
    BigDecimal nanos = BigDecimal.ZERO;
    while (part.find()) {
      long unit = NANOS.getOrDefault(part.group(2), 1L);
      nanos = nanos.add(new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(unit)));
    }
    return nanos.longValue();
  }
}
