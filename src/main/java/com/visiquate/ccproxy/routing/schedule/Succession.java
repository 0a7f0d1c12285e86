package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Takes in what was there before this scheduler began: those that have waited elsewhere, and what
 * runs by the order of another one.
 */
public final class Succession {
  /** Requests of one microsecond. */
  private static final long AT_ONCE = 1 << 10;

  private final FallbackControl fallbacks;
  private final OpenExchanges exchanges;
  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Estimator estimator;
  private final Reappraisal reappraisal;
  private final Aftermath aftermath;
  private final Instant begun;

  Succession(
      FallbackControl fallbacks,
      OpenExchanges exchanges,
      Judgement judgement,
      Reappraisal reappraisal,
      Aftermath aftermath,
      Instant begun) {
    this.fallbacks = fallbacks;
    this.exchanges = exchanges;
    this.rooms = judgement.rooms();
    this.fleet = judgement.fleet();
    this.estimator = judgement.estimator();
    this.reappraisal = reappraisal;
    this.aftermath = aftermath;
    this.begun = begun;
  }

  /**
   * What a slot is taken by.
   *
   * @param since when it began there
   * @param spoke whether its prompt is done
   * @param ghost whether nobody wants its answer any more
   */
  public record Inherited(
      Submission submission, BackendId backend, Instant since, boolean spoke, boolean ghost) {}

  /** A request that came then, and waits: it keeps its age, and its place among all. */
  public Reception resubmit(Submission submission, Instant arrived, Instant now) {
    List<RoutingEffect> due = aftermath.due(now);
    OpenExchange open = fallbacks.newcomer(submission, arrived);
    long before = ChronoUnit.MICROS.between(begun, arrived);
    if (before < 0) {
      // Many may have come in one moment, and no two may have one place.
      open.cameBefore(before * AT_ONCE + open.number() % AT_ONCE);
    }
    return fallbacks.enter(open, now).between(due, aftermath.wake(now));
  }

  /** It runs there, whoever has ordered it: its slot is taken, and it does not wait any more. */
  public List<RoutingEffect> adopt(Inherited run, Instant now) {
    ExchangeId exchange = run.submission().exchange();
    Optional<BackendView> view =
        fleet.view(run.backend()).filter(at -> at.takenBy(exchange).isEmpty());
    Optional<ModelSpec> model = fleet.model(run.submission().model());
    if (view.isEmpty() || model.isEmpty()) {
      return List.of();
    }
    take(run, view.get(), model.get(), now);
    return aftermath.of(List.of(), now);
  }

  /** It has had a slot there, whose end is to be reported next. */
  public void remember(Inherited run, Instant now) {
    fleet
        .view(run.backend())
        .filter(at -> at.takenBy(run.submission().exchange()).isEmpty())
        .ifPresent(
            view ->
                fleet
                    .model(run.submission().model())
                    .ifPresent(model -> take(run, view, model, now)));
  }

  private void take(Inherited run, BackendView view, ModelSpec model, Instant now) {
    Optional<OpenExchange> known = exchanges.find(run.submission().exchange());
    OpenExchange open = known.orElseGet(() -> fallbacks.newcomer(run.submission(), run.since()));
    boolean runsElsewhere = known.isPresent() && !rooms.isWaiting(open);
    // Before anything that changes by what its line is sorted.
    rooms.remove(open);
    reappraisal.came(open);
    occupy(run, open, view, model, now);
    if (!run.ghost() && !runsElsewhere) {
      exchanges.open(open);
      open.place(view.id(), now);
      open.acknowledge();
    }
  }

  private void occupy(
      Inherited run, OpenExchange open, BackendView view, ModelSpec model, Instant now) {
    Estimate estimate = estimator.estimate(open, model, view, now);
    view.makeRoom(model);
    TakenSlot taken =
        new TakenSlot(open, estimate, view.cache(model).take(open.chain()), run.since());
    view.take(open.id(), taken);
    if (run.spoke()) {
      taken.spoke(now);
    }
    if (run.ghost()) {
      taken.becomeGhost(false);
    }
  }
}
