package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.cache.CachedPrompt;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.estimate.Pressure;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.waiting.Candidates;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Says what each request would make of an opening, and which makes the best of it. Owns when one
 * that was kept from an opening may have it.
 */
public final class Scoring {
  private static final Duration SOON = Duration.ofSeconds(1);

  private final FleetState fleet;
  private final Estimator estimator;
  private final Fairness fairness;
  private final Weighing weighing;
  private double patience;
  private @Nullable Instant again;

  public Scoring(
      FleetState fleet,
      Estimator estimator,
      Fairness fairness,
      double patience,
      Chronicle chronicle) {
    this.fleet = fleet;
    this.estimator = estimator;
    this.fairness = fairness;
    this.patience = patience;
    this.weighing = new Weighing(chronicle);
  }

  /** What is weighed, for those who want to know why. */
  Weighing weighing() {
    return weighing;
  }

  void patience(double changed) {
    patience = changed;
  }

  void begin() {
    again = null;
  }

  Optional<Instant> again() {
    return Optional.ofNullable(again);
  }

  Pressure pressure(BackendView view, Instant now) {
    return estimator.pressure(view, now);
  }

  /** The best of those that wait; null when none of them may have it. */
  @Nullable Match best(Candidates waiting, Vacancy vacancy, Instant now) {
    Collection<CachedPrompt> cachedPrompts = vacancy.view().cache(vacancy.model()).cachedPrompts();
    Predicate<OpenExchange> open = one -> isOpen(vacancy, one);
    Set<OpenExchange> candidates = waiting.candidates(cachedPrompts, open);
    Match best = null;
    boolean declined = false;
    for (OpenExchange exchange : candidates) {
      Match match = match(exchange, vacancy, now);
      declined |= match == null;
      best = better(best, match);
    }
    for (OpenExchange stranger : declined ? waiting.strangers(open) : Set.<OpenExchange>of()) {
      best = candidates.contains(stranger) ? best : better(best, match(stranger, vacancy, now));
    }
    return best;
  }

  private static @Nullable Match better(@Nullable Match best, @Nullable Match match) {
    return best == null || (match != null && match.key() < best.key()) ? match : best;
  }

  /** What this one makes of it; null when it may not have it, or does better to wait. */
  @Nullable Match match(OpenExchange exchange, Vacancy vacancy, Instant now) {
    if (!isOpen(vacancy, exchange)) {
      return null;
    }
    BackendView view = vacancy.view();
    Estimate estimate =
        estimator
            .estimate(exchange, vacancy.model(), view, vacancy.pressure(), now)
            .waiting(vacancy.closedFor());
    double waited = Duration.between(exchange.born(), now).toNanos();
    if (!isOverdue(estimate, waited) && declines(exchange, vacancy, estimate, now)) {
      return null;
    }
    double penalty = fairness.penalty(exchange.submission().client(), now);
    double score = estimate.score(penalty, patience, waited);
    Match match = new Match(exchange, vacancy, estimate, score);
    weighing.note(match, penalty, patience * waited);
    return match;
  }

  /** Whether it is kept out for others, or is better off where its own conversation lives. */
  private boolean declines(OpenExchange exchange, Vacancy vacancy, Estimate estimate, Instant now) {
    long held = estimate.held();
    if (held > 0) {
      lookAgain(now.plusNanos(held));
      return true;
    }
    boolean homebound = homecoming(exchange, vacancy, now) < estimate.untilFirstToken();
    if (homebound) {
      lookAgain(now.plus(SOON));
    }
    return homebound;
  }

  /**
   * Whether it has waited for longer than patience allows. A hold ends soon, but the next one of
   * the same role begins when the slot is free again: without this bound, two conversations of one
   * role that take turns would keep a stranger out for as long as they go on. What takes longer
   * than expected is always expected to end soon, so that a conversation would wait for its busy
   * home for ever.
   */
  private boolean isOverdue(Estimate estimate, double waited) {
    return estimate.isOverdue(patience, waited);
  }

  private boolean isOpen(Vacancy vacancy, OpenExchange exchange) {
    return exchange.isRetry()
        ? fleet.eligible(exchange).contains(vacancy.view())
        : vacancy.general();
  }

  /** Expected time to the first token where its own conversation lives, if that is busy now. */
  private long homecoming(OpenExchange exchange, Vacancy vacancy, Instant now) {
    long soonest = Long.MAX_VALUE;
    if (exchange.isStranger()) {
      return soonest;
    }
    for (BackendView view : fleet.serving(exchange.model())) {
      if (view.isFull(exchange.model()) && !exchange.tries().has(view.id())) {
        soonest = Math.min(soonest, comeback(exchange, vacancy, view, now));
      }
      if (exchange.isResent()) {
        soonest = Math.min(soonest, adoption(exchange, view, now));
      }
    }
    return soonest;
  }

  /** Expected time to the first token when it waits for the busy backend that still holds it. */
  private long comeback(OpenExchange exchange, Vacancy vacancy, BackendView view, Instant now) {
    for (CachedPrompt cached : view.cache(vacancy.model()).cachedPrompts()) {
      if (exchange.chain().follows(cached.turn())) {
        int common = cached.chain().common(exchange.chain());
        return view.taken().nextFree(now) + estimator.prompt(exchange, view, common);
      }
    }
    return Long.MAX_VALUE;
  }

  /**
   * When a prompt that nobody wants any more, and which is the same as this one, is done. A backend
   * that has not said yet that a ghost is left, or what it has cached of it, will say so soon.
   */
  private static long adoption(OpenExchange exchange, BackendView view, Instant now) {
    long soonest = Long.MAX_VALUE;
    for (TakenSlot taken : view.taken()) {
      boolean given = taken.isGhost() || taken.exchange().isLeaving();
      if (given && taken.exchange().isSameAs(exchange)) {
        soonest = Math.min(soonest, taken.untilFirstToken(now));
      }
    }
    return soonest;
  }

  private void lookAgain(Instant at) {
    again = again == null || at.isBefore(again) ? at : again;
  }
}
