package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Failure.Kind;

/** The limits that can pass while an exchange runs, each with its own words. */
public enum Limit {
  FIRST_TOKEN("The model did not begin its answer in time; please try again later."),
  BETWEEN_TOKENS("The model stopped in the middle of its answer; please try again."),
  TOTAL("The time for the whole request is over; ask for less, or raise the time limit.");

  private final String message;

  Limit(String message) {
    this.message = message;
  }

  /** Whether it passes where an exchange stands so. */
  boolean concerns(Phase phase) {
    return switch (this) {
      case FIRST_TOKEN -> phase == Phase.SILENT;
      case BETWEEN_TOKENS -> phase == Phase.ANSWERING;
      case TOTAL -> phase.isWanted();
    };
  }

  Failure failure() {
    return Failure.of(Kind.BACKEND_TIMEOUT, message, "limit passed: " + name());
  }
}
