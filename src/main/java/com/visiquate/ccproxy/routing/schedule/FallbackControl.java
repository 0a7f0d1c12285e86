package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.Fact.FellBack;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.FallbackPath;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.request.TurnedAway;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a request that its model does not answer to those that answer instead; when none does, the
 * client is told why its own model did not.
 */
final class FallbackControl {
  private final AdmissionControl admission;
  private final OpenExchanges exchanges;
  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final QueueLimits limits;
  private final Chronicle chronicle;
  private FleetPlan plan;
  private long arrivals;

  FallbackControl(
      FleetPlan plan,
      AdmissionControl admission,
      OpenExchanges exchanges,
      WaitingRooms rooms,
      FleetState fleet,
      QueueLimits limits,
      Chronicle chronicle) {
    this.plan = plan;
    this.admission = admission;
    this.exchanges = exchanges;
    this.rooms = rooms;
    this.fleet = fleet;
    this.limits = limits;
    this.chronicle = chronicle;
  }

  void follow(FleetPlan changed) {
    plan = changed;
  }

  /** A newcomer. */
  Reception submit(Submission submission, Instant now) {
    return enter(newcomer(submission, now), now);
  }

  /** One of which nobody has heard yet, and which has come then. */
  OpenExchange newcomer(Submission submission, Instant arrived) {
    return new OpenExchange(submission, arrivals++, arrived, plan.queue());
  }

  /** It wants to be let in. */
  Reception enter(OpenExchange open, Instant now) {
    Submission submission = open.submission();
    Failure unfit = submission.fallback().refusal();
    Reception reception =
        unfit == null ? admission.enter(open, false, plan, now) : Reception.refused(unfit);
    return reception.admission() instanceof Refused refused
        ? turnedAway(open, refused, now).between(reception.effects(), List.of())
        : reception;
  }

  /** A newcomer that its own model has refused. */
  private Reception turnedAway(OpenExchange open, Refused refused, Instant now) {
    TurnedAway turned = new TurnedAway(open, refused.failure(), Outcome.REFUSED);
    Reception elsewhere = goesOn(turned, false, now);
    if (elsewhere.isLetIn()) {
      return elsewhere;
    }
    RoutingEffect refuse =
        new RoutingEffect.Refuse(
            open.submission(), refused.failure(), refused.place(), refused.estimate());
    return new Reception(elsewhere.effects(), refused).between(List.of(), List.of(refuse));
  }

  /** Those that may not wait any longer where they are. */
  List<RoutingEffect> evictOverdue(Instant now) {
    List<TurnedAway> all = limits.overdue(now);
    if (all.isEmpty()) {
      return List.of();
    }
    List<RoutingEffect> effects = new ArrayList<>();
    for (TurnedAway turned : all) {
      if (rooms.isWaiting(turned.exchange())) {
        effects.addAll(failed(turned, now));
      }
    }
    return effects;
  }

  /** Its model does not answer it: it goes on, or its client is told. */
  List<RoutingEffect> failed(TurnedAway turned, Instant now) {
    OpenExchange open = turned.exchange();
    if (rooms.isWaiting(open)) {
      chronicle.withdrawn(open.id(), now);
    }
    exchanges.close(open);
    Reception elsewhere = goesOn(turned, true, now);
    List<RoutingEffect> effects = new ArrayList<>(elsewhere.effects());
    if (!elsewhere.isLetIn()) {
      TurnedAway told = told(turned);
      if (told.outcome() == Outcome.TIMEOUT) {
        admission.timedOut(open, now);
      }
      effects.add(exchanges.fail(open, told.failure(), told.outcome()));
    }
    return effects;
  }

  private static TurnedAway told(TurnedAway turned) {
    FallbackPath path = turned.exchange().tries().path();
    return path == null || !FallbackPath.isMended(turned.failure()) ? turned : path.first();
  }

  private static FallbackPath way(TurnedAway turned) {
    FallbackPath path = turned.exchange().tries().path();
    return path == null ? new FallbackPath(turned) : path;
  }

  /**
   * What the other models say to it; when none lets it in, it is the last refusal.
   *
   * @param known whether its client knows already that it has been let in
   */
  private Reception goesOn(TurnedAway turned, boolean known, Instant now) {
    OpenExchange open = turned.exchange();
    Reception reception = Reception.refused(turned.failure());
    if (limits.isClosed() || open.submission().fallback().fallbacks().isEmpty()) {
      return reception;
    }
    FallbackPath path = way(turned);
    while (reception.admission() instanceof Refused refused) {
      ModelName next = path.next(open, refused.failure(), fleet::window);
      if (next == null) {
        break;
      }
      open = new OpenExchange(open, next, path, now, plan.queue());
      Reception there = admission.enter(open, known, plan, now);
      reception =
          there.between(
              reception.effects(),
              there.isLetIn() ? List.of(fellBack(turned, path, next)) : List.of());
    }
    return reception;
  }

  private static RoutingEffect fellBack(TurnedAway turned, FallbackPath path, ModelName next) {
    return new RoutingEffect.Note(new FellBack(path.origin(), next, turned.failure().kind()));
  }
}
