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
    if (message instanceof ExchangeEnded ended
        && ended.placement() instanceof Placement placement
        && ended.outcome() == Outcome.COMPLETED
        && limits.covers(ended.counts())) {
      double seconds = ended.total().toNanos() / 1e9;
      return Optional.of(new Answer(placement.model().value(), seconds));
    }
    return Optional.empty();
  }
}
