package com.visiquate.ccproxy.alerts.rules;

import java.time.Instant;
import java.util.List;

/** It has started; told once. */
final class Restarted implements Rule {
  private boolean told;

  @Override
  public List<Finding> look(Instant now) {
    if (told) {
      return List.of();
    }
    told = true;
    String text = "ccproxy has started. If nobody did that, its log tells how the last run ended.";
    return List.of(Finding.info("", text).asNews());
  }
}
