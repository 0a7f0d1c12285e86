package com.visiquate.ccproxy.simulator.model;

import java.util.Locale;

/** What a simulated model can do, in the words of {@code /api/show}. */
public enum Capability {
  COMPLETION,
  TOOLS,
  THINKING,
  VISION,
  INSERT,
  EMBEDDING;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
