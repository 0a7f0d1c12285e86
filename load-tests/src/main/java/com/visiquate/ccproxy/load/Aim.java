package com.visiquate.ccproxy.load;

import java.text.DecimalFormat;

/**
 * What ccproxy wants to be, printed beside what it is; missing it fails nothing.
 *
 * @param timesNginx whether the limit is a multiple of nginx's figure
 */
record Aim(double limit, boolean timesNginx) {
  static final double READY_MILLIS = 1_000;
  static final double IDLE_MEGABYTES = 150;

  static Aim of(Scenario scenario, Metric metric) {
    // Where the gateway is busiest: at a low rate the cost of waking up flatters whoever is
    // compared with nginx.
    if (scenario == Scenario.WHOLE_THROUGHPUT && metric == Metric.CPU_OF_ANSWER) {
      return new Aim(3.5, true);
    }
    if (scenario == Scenario.WHOLE_RATE && metric == Metric.ADDED_P99) {
      return new Aim(2, false);
    }
    if (scenario == Scenario.PACED && metric == Metric.CPU_OF_TOKEN) {
      return new Aim(2, true);
    }
    return metric == Metric.FAILED ? new Aim(0, false) : new Aim(Double.NaN, false);
  }

  /** The aim and whether it is met, or nothing where there is none. */
  String judge(double ccproxy, double nginx) {
    if (Double.isNaN(limit)) {
      return "";
    }
    String words =
        "≤ " + new DecimalFormat("#,##0.#").format(limit) + (timesNginx ? " × nginx" : "");
    double reached = timesNginx ? ccproxy / nginx : ccproxy;
    return Double.isNaN(reached) ? words : words + (reached <= limit ? " ✓" : " ✗");
  }
}
