package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.config.AlertSettings.Short;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.util.Optional;

/** The answers that are held to a time: whole ones that were asked little and said little. */
final class ShortAnswers {
  private final Short limits;

  /**
   * One of them.
   *
   * @param model that gave it
   * @param seconds from the request to its end, waiting included
   */
  record Answer(String model, double seconds) {}

  ShortAnswers(Short limits) {
    this.limits = limits;
  }

  Optional<Answer> in(BusMessage message) {
    return message instanceof ExchangeEnded ended ? in(ended) : Optional.empty();
  }

  private Optional<Answer> in(ExchangeEnded ended) {
    Placement placement = ended.placement();
    boolean isWhole = ended.outcome() == Outcome.COMPLETED;
    if (placement == null || !isWhole || !limits.covers(ended.counts())) {
      return Optional.empty();
    }
    return Optional.of(new Answer(placement.model().value(), ended.total().toMillis() / 1e3));
  }
}
