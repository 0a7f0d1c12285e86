package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Instant;
import java.util.Optional;

/** Follows what the backends report of their slots, and learns from what the slots did. */
final class Slots {
  private final Fleet fleet;
  private final Estimator estimator;

  Slots(Fleet fleet, Estimator estimator) {
    this.fleet = fleet;
    this.estimator = estimator;
  }

  void spoke(FirstToken report, Instant now) {
    seat(report).ifPresent(seat -> seat.spoke(now));
  }

  void ended(Ended report, Instant now) {
    Optional<Seat> seat = seat(report);
    if (report.ghost()) {
      seat.ifPresent(Seat::becomeGhost);
    } else {
      release(report, now);
    }
    if (report.outcome() == Outcome.COMPLETED) {
      seat.ifPresent(taken -> learn(report, taken.model(), report.counts()));
    }
  }

  void ghostGone(GhostGone report, Instant now) {
    seat(report).filter(Seat::isGhost).ifPresent(seat -> release(report, now));
  }

  /** What failed one request would fail the next one, until the backend has said how it is. */
  void lost(Lost report, Instant now) {
    if (report.elsewhere()) {
      handBack(report.exchange(), report.backend(), now);
    } else {
      release(report, now);
    }
  }

  void handBack(ExchangeId exchange, BackendId backend, Instant now) {
    fleet.view(backend).ifPresent(view -> view.handBack(exchange, now));
  }

  private Optional<Seat> seat(SlotReport report) {
    return fleet.view(report.backend()).flatMap(view -> view.seat(report.exchange()));
  }

  private void release(SlotReport report, Instant now) {
    fleet.view(report.backend()).ifPresent(view -> view.release(report.exchange(), now));
  }

  private void learn(SlotReport report, ModelName model, Counts counts) {
    fleet.view(report.backend()).ifPresent(view -> estimator.learn(view, model, counts));
    fleet
        .model(model)
        .ifPresent(spec -> fleet.view(report.backend()).ifPresent(view -> view.loaded(spec)));
  }
}
