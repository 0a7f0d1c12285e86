package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.Fact.FirstTokenSeen;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.cache.CachedPrompt;
import com.visiquate.ccproxy.routing.cache.Chain;
import com.visiquate.ccproxy.routing.estimate.ReturnStatistic;
import com.visiquate.ccproxy.routing.estimate.SlotSteps;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows what the backends report of their slots, and what the slots hold because of it. */
final class SlotReports {
  /** Nobody wanted it any more, and nothing had failed. */
  private static final Set<Outcome> LEFT =
      EnumSet.of(Outcome.CLIENT_GONE, Outcome.TIMEOUT, Outcome.CANCELLED);

  /** A timer and the clock do not agree to the millisecond. */
  private static final Duration SKEW = Duration.ofMillis(500);

  private final FleetState fleet;
  private final Learning learning;
  private final Ghosts ghosts;
  private final SlotSteps steps;

  SlotReports(FleetState fleet, Learning learning, Ghosts ghosts, SlotSteps steps) {
    this.fleet = fleet;
    this.learning = learning;
    this.ghosts = ghosts;
    this.steps = steps;
  }

  List<RoutingEffect> spoke(FirstToken report, Instant now) {
    Optional<TakenSlot> taken = takenBy(report);
    if (taken.isEmpty() || taken.get().hasSpoken()) {
      return List.of();
    }
    taken.get().spoke(now);
    steps.spoke(report, now);
    return List.of(firstToken(report, taken.get(), now));
  }

  List<RoutingEffect> ended(Ended report, Instant now) {
    Optional<TakenSlot> taken = takenBy(report);
    if (taken.isEmpty()) {
      return List.of();
    }
    Optional<BackendView> at = at(report);
    if (report.ghost()) {
      at.ifPresent(view -> steps.ended(report, taken.get(), view, List.of(), now));
      taken.get().becomeGhost(report.outcome() == Outcome.TIMEOUT && !isOverdue(taken.get(), now));
      return List.of();
    }
    Optional<CachedPrompt> left = settle(taken.get(), report, now);
    release(report);
    List<RoutingEffect> learnt =
        report.outcome() == Outcome.COMPLETED ? learn(report, taken.get(), now) : List.of();
    at.ifPresent(view -> steps.ended(report, taken.get(), view, learnt, now));
    left.ifPresent(
        behind -> at.ifPresent(view -> steps.left(report.exchange(), behind, view, now)));
    return learnt;
  }

  private List<RoutingEffect> learn(Ended report, TakenSlot taken, Instant now) {
    List<RoutingEffect> effects = new ArrayList<>(learning.learn(report, taken, now));
    fleet
        .view(report.backend())
        .ifPresent(view -> effects.addAll(ghosts.ended(view, taken, report.counts())));
    return effects;
  }

  void ghostGone(GhostGone report, Instant now) {
    Optional<TakenSlot> ghost = takenBy(report).filter(TakenSlot::isGhost);
    ghost.ifPresent(taken -> steps.faded(report, now));
    ghost.ifPresent(taken -> exorcised(taken, report, now));
    ghost.ifPresent(taken -> release(report));
  }

  /** Whether its client's time was over, which says nothing against the run itself. */
  private static boolean isOverdue(TakenSlot taken, Instant now) {
    return !taken.exchange().submission().deadline().isAfter(now.plus(SKEW));
  }

  private void exorcised(TakenSlot taken, GhostGone report, Instant now) {
    if (report.computed()) {
      taken.lease().release(left(taken.exchange(), null, now));
    } else {
      breakOff(taken, report, now);
    }
  }

  private void breakOff(TakenSlot taken, SlotReport report, Instant now) {
    taken.lease().release(brokenOff(taken, now));
    fleet.view(report.backend()).ifPresent(view -> ghosts.abandoned(view, taken, now));
  }

  /** What failed one request would fail the next one, until the backend has said how it is. */
  void lost(Lost report, Instant now) {
    takenBy(report).ifPresent(taken -> taken.lease().abandon());
    takenBy(report).ifPresent(taken -> steps.givenBack(report.exchange(), report.backend(), now));
    // A model that is not there says nothing about the others.
    if (report.elsewhere() && report.failure().kind() != Failure.Kind.UNKNOWN_MODEL) {
      fleet.view(report.backend()).ifPresent(view -> view.handBack(report.exchange(), now));
    } else {
      release(report);
    }
  }

  void handBack(ExchangeId exchange, BackendId backend, Instant now) {
    fleet
        .view(backend)
        .ifPresent(view -> view.takenBy(exchange).ifPresent(taken -> handBack(taken, view, now)));
  }

  /** What it came back for has run to its end in the meantime; else it has not run at all. */
  private void handBack(TakenSlot taken, BackendView view, Instant now) {
    ExchangeId exchange = taken.exchange().id();
    steps.givenBack(exchange, view.id(), now);
    if (taken.isTakenOver()) {
      taken.lease().release(left(taken.exchange(), null, now));
      view.release(exchange);
    } else {
      taken.lease().restore();
      view.handBack(exchange, now);
    }
  }

  /** What the slot holds now, and may be waited for; nobody knows when it failed. */
  private Optional<CachedPrompt> settle(TakenSlot taken, Ended report, Instant now) {
    boolean leaves = taken.exchange().leavesPrompt();
    boolean computed = taken.hasSpoken() || report.outcome() == Outcome.COMPLETED;
    boolean left = LEFT.contains(report.outcome());
    if (leaves && computed) {
      CachedPrompt behind = left(taken.exchange(), report.answer(), now);
      taken.lease().release(behind);
      return Optional.of(behind);
    }
    if (leaves && left) {
      breakOff(taken, report, now);
    } else {
      taken.lease().abandon();
    }
    return Optional.empty();
  }

  /**
   * A prompt that was broken off is cached as far as it was computed; nobody waits for its turn.
   */
  private static CachedPrompt brokenOff(TakenSlot taken, Instant now) {
    OpenExchange open = taken.exchange();
    int kept = taken.lease().kept();
    int computed = (int) (taken.promptDone(now) * (open.chain().length() - kept));
    return new CachedPrompt(
        open.model(),
        open.chain().first(kept + computed),
        open.chain().end(),
        open.priority(),
        now,
        0,
        Duration.ZERO);
  }

  private CachedPrompt left(OpenExchange open, Message.@Nullable Assistant answer, Instant now) {
    Chain request = open.chain();
    Chain chain = answer == null ? request : request.with(answer);
    boolean calls = answer != null && !answer.calls().isEmpty();
    ReturnStatistic habit = learning.ended(open, calls, now);
    return new CachedPrompt(
        open.model(), chain, request.end(), open.priority(), now, habit.chance(), habit.within());
  }

  private static RoutingEffect firstToken(FirstToken report, TakenSlot taken, Instant now) {
    Duration expected = Duration.ofNanos(taken.estimate().firstToken());
    Duration actual = Duration.between(taken.since(), now);
    return new RoutingEffect.Note(
        new FirstTokenSeen(report.backend(), taken.model(), expected, actual));
  }

  private Optional<BackendView> at(SlotReport report) {
    return fleet.view(report.backend());
  }

  private Optional<TakenSlot> takenBy(SlotReport report) {
    return at(report).flatMap(view -> view.takenBy(report.exchange()));
  }

  private void release(SlotReport report) {
    at(report).ifPresent(view -> view.release(report.exchange()));
  }
}
