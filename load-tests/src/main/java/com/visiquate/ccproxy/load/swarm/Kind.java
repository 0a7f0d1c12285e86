package com.visiquate.ccproxy.load.swarm;

import java.util.Locale;

/** What agents there are, how many of each, and which model they use. */
enum Kind {
  ARCHITECT(1, Model.QUALITY),
  SPECIALIST(37, Model.FAST),
  SUPPORT(81, Model.FAST);

  private final int count;
  private final Model model;

  Kind(int count, Model model) {
    this.count = count;
    this.model = model;
  }

  int count() {
    return count;
  }

  Model model() {
    return model;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
