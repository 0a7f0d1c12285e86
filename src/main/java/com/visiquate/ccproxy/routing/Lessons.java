package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.Fact.PrefixSeen;
import com.visiquate.ccproxy.chat.Counts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Draws the lessons of what has ended: how fast, how long, how much was cached, for whom. */
final class Lessons {
  /** What the newer line keeps in main memory, for a model of seven billion parameters. */
  private static final double STORED_TOKENS = 150_000;

  private final Fleet fleet;
  private final Estimator estimator;
  private final Forecast forecast;
  private final Fairness fairness;

  Lessons(Fleet fleet, Estimator estimator, Forecast forecast, Fairness fairness) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.forecast = forecast;
    this.fairness = fairness;
  }

  /** A turn is over; what is to be expected of its conversation now. */
  Habit ended(Ticket ticket, boolean calls, Instant now) {
    if (!ticket.isTurn()) {
      return new Habit(false);
    }
    estimator.habits().ended(ticket, calls, now);
    return estimator.habits().expected(ticket, calls);
  }

  /** A request was answered to its end. */
  List<Effect> learn(Ended report, Seat seat, Instant now) {
    Ticket ticket = seat.ticket();
    Counts counts = report.counts();
    long took = counts.promptNanos() + counts.outputNanos();
    forecast.learn(took, ticket.work());
    fairness.served(ticket.submission().client(), took, now);
    fleet
        .model(ticket.model())
        .ifPresent(spec -> fleet.view(report.backend()).ifPresent(view -> view.loaded(spec)));
    return fleet.view(report.backend()).flatMap(view -> learn(view, seat, counts)).stream()
        .toList();
  }

  private Optional<Effect> learn(BackendView view, Seat seat, Counts counts) {
    if (counts.promptTokens() == 0) {
      return Optional.empty();
    }
    Rate rate = estimator.rate(view, seat.model());
    int expected = Math.min(counts.promptTokens(), rate.tokens(seat.lease().kept()));
    int observed = counts.cachedTokens() > 0 ? counts.cachedTokens() : rate.cached(counts);
    int cached = Math.max(counts.cachedTokens(), expected);
    estimator.learn(view, seat.ticket(), counts.withCached(cached));
    if (!seat.ticket().leavesPrompt()) {
      return Optional.empty();
    }
    double density = estimator.rate(view, seat.model()).density();
    fleet
        .model(seat.model())
        .ifPresent(spec -> view.cache(spec).capacity((int) (STORED_TOKENS / density)));
    return Optional.of(
        new Effect.Note(
            new PrefixSeen(view.id(), seat.model(), counts.promptTokens(), expected, observed)));
  }
}
