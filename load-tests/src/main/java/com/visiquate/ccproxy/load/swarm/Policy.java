package com.visiquate.ccproxy.load.swarm;

import java.util.Map;

/**
 * What is decided differently from one run of ccproxy to another.
 *
 * @param residency seconds of the swarm for which a slot is kept for its conversation at most
 * @param patience how much service a second of waiting is worth
 */
record Policy(double residency, double patience) {
  /** As shipped. */
  static final Policy USUAL = new Policy(60, 0.01);

  /** What is not as shipped, as settings of a gateway whose times are as fast as a site's. */
  Map<String, String> with(Site site) {
    return this.patience == USUAL.patience
        ? Map.of("routing.residency", site.millis(residency) + "ms")
        : Map.of("routing.patience", String.valueOf(patience));
  }

  String title() {
    return patience == USUAL.patience
        ? "residency %.0f s".formatted(residency)
        : "patience " + patience;
  }
}
