package com.visiquate.ccproxy.load;

/** A figure of a run: its name, its unit, and whether a ratio of it says anything. */
enum Metric {
  FAILED("failed or incomplete answers", "%.0f", false),
  ANSWERS("answers/s", "%,.0f", true),
  TOKENS("tokens/s", "%,.0f", true),
  P50("time of an answer, p50 (ms)", "%.2f", true),
  P99("time of an answer, p99 (ms)", "%.2f", true),
  ADDED_P50("added by the gateway, p50 (ms)", "%.2f", true),
  ADDED_P99("added by the gateway, p99 (ms)", "%.2f", true),
  FIRST_P50("time to the first token, p50 (ms)", "%.2f", true),
  FIRST_P99("time to the first token, p99 (ms)", "%.2f", true),
  DELAY_P50("a token's way, p50 (ms)", "%.2f", true),
  DELAY_P99("a token's way, p99 (ms)", "%.2f", true),
  LONGEST_GAP("longest gap in a stream (ms)", "%.0f", false),
  CPU_OF_ANSWER("gateway CPU of an answer (µs)", "%.1f", true),
  CPU_OF_TOKEN("gateway CPU of a token (µs)", "%.2f", true),
  GATEWAY_BUSY("gateway's core: gateway (%)", "%.0f", false),
  NOISE("gateway's core: others (%)", "%.0f", false),
  GENERATOR_BUSY("generator and fake (% of a core)", "%.0f", false),
  STOLEN("stolen by the host (% of the worst core)", "%.1f", false);

  private final String label;
  private final String format;
  private final boolean compared;

  Metric(String label, String format, boolean compared) {
    this.label = label;
    this.format = format;
    this.compared = compared;
  }

  String label() {
    return label;
  }

  String format(double value) {
    return Double.isNaN(value) ? "–" : format.formatted(value);
  }

  boolean compared() {
    return compared;
  }
}
