package com.visiquate.ccproxy.metrics;

/** What a meter counts in, and what Prometheus appends to its name. */
enum Kind {
  COUNTER("_total", "count"),
  GAUGE("", "count"),
  PART("", "0 to 1"),
  AGE("_seconds", "seconds"),
  TIME("_seconds_total", "seconds"),
  MONEY("_total", "money"),
  SIZE("_bytes", "bytes"),
  TIMER("_seconds", "seconds, as a histogram"),
  SHARE("", "0 to 1, as a histogram");

  private final String suffix;
  private final String unit;

  Kind(String suffix, String unit) {
    this.suffix = suffix;
    this.unit = unit;
  }

  String suffix() {
    return suffix;
  }

  String unit() {
    return unit;
  }
}
