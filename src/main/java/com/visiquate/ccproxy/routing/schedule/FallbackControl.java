package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.Fact.FellBack;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.backends.FleetState;
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
  private final AdmissionControl entrance;
  private final OpenExchanges exchanges;
  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final QueueLimits door;
  private FleetPlan plan;

  FallbackControl(
      FleetPlan plan,
      AdmissionControl entrance,
      OpenExchanges exchanges,
      WaitingRooms rooms,
      FleetState fleet,
      QueueLimits door) {
    this.plan = plan;
    this.entrance = entrance;
    this.exchanges = exchanges;
    this.rooms = rooms;
    this.fleet = fleet;
    this.door = door;
  }

  void follow(FleetPlan changed) {
    plan = changed;
  }

  /** A newcomer. One of the effects says that it starts, waits or is refused. */
  List<RoutingEffect> submit(Submission submission, long number, Instant now) {
    List<RoutingEffect> effects = new ArrayList<>();
    OpenExchange ticket = new OpenExchange(submission, number, now, plan.queue());
    Failure unfit = submission.detour().refusal();
    RoutingEffect.Refuse refuse =
        unfit == null
            ? entrance.enter(ticket, false, plan, effects, now)
            : RoutingEffect.Refuse.atOnce(submission, unfit);
    if (refuse != null) {
      TurnedAway turned = new TurnedAway(ticket, refuse.failure(), Outcome.REFUSED);
      if (!goesOn(turned, false, effects, now)) {
        effects.add(refuse);
      }
    }
    return effects;
  }

  /** Those that may not wait any longer where they are. */
  List<RoutingEffect> evictOverdue(Instant now) {
    List<TurnedAway> all = door.overdue(now);
    if (all.isEmpty()) {
      return List.of();
    }
    List<RoutingEffect> effects = new ArrayList<>();
    for (TurnedAway turned : all) {
      if (rooms.isWaiting(turned.ticket())) {
        effects.addAll(failed(turned, now));
      }
    }
    return effects;
  }

  /** Its model does not answer it: it goes on, or its client is told. */
  List<RoutingEffect> failed(TurnedAway turned, Instant now) {
    OpenExchange ticket = turned.ticket();
    exchanges.close(ticket);
    List<RoutingEffect> effects = new ArrayList<>();
    if (!goesOn(turned, true, effects, now)) {
      TurnedAway told = told(turned);
      if (told.outcome() == Outcome.TIMEOUT) {
        entrance.timedOut(ticket, now);
      }
      effects.add(exchanges.fail(ticket, told.failure(), told.outcome()));
    }
    return effects;
  }

  private static TurnedAway told(TurnedAway turned) {
    FallbackPath journey = turned.ticket().tries().journey();
    return journey == null || !FallbackPath.isMended(turned.failure()) ? turned : journey.first();
  }

  private static FallbackPath way(TurnedAway turned) {
    FallbackPath journey = turned.ticket().tries().journey();
    return journey == null ? new FallbackPath(turned) : journey;
  }

  /**
   * Whether another model takes it.
   *
   * @param known whether its client knows already that it has been let in
   */
  private boolean goesOn(
      TurnedAway turned, boolean known, List<RoutingEffect> effects, Instant now) {
    OpenExchange ticket = turned.ticket();
    if (door.isClosed() || ticket.submission().detour().fallbacks().isEmpty()) {
      return false;
    }
    FallbackPath journey = way(turned);
    Failure why = turned.failure();
    ModelName next = journey.next(ticket, why, fleet::window);
    while (next != null) {
      ticket = new OpenExchange(ticket, next, journey, now, plan.queue());
      RoutingEffect.Refuse refuse = entrance.enter(ticket, known, plan, effects, now);
      if (refuse == null) {
        effects.add(
            new RoutingEffect.Note(new FellBack(journey.origin(), next, turned.failure().kind())));
        return true;
      }
      why = refuse.failure();
      next = journey.next(ticket, why, fleet::window);
    }
    return false;
  }
}
