package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.Fact.FellBack;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a request that its model does not answer to those that answer instead; when none does, the
 * client is told why its own model did not.
 */
final class Detours {
  private final Entrance entrance;
  private final Exchanges exchanges;
  private final Rooms rooms;
  private final Fleet fleet;
  private final Door door;
  private FleetPlan plan;

  Detours(
      FleetPlan plan, Entrance entrance, Exchanges exchanges, Rooms rooms, Fleet fleet, Door door) {
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
  List<Effect> submit(Submission submission, long number, Instant now) {
    List<Effect> effects = new ArrayList<>();
    Ticket ticket = new Ticket(submission, number, now, plan.queue());
    Failure unfit = submission.detour().refusal();
    Effect.Refuse refuse =
        unfit == null
            ? entrance.enter(ticket, false, plan, effects, now)
            : Effect.Refuse.atOnce(submission, unfit);
    if (refuse != null) {
      Door.Verdict verdict = new Door.Verdict(ticket, refuse.failure(), Outcome.REFUSED);
      if (!goesOn(verdict, false, effects, now)) {
        effects.add(refuse);
      }
    }
    return effects;
  }

  /** Those that may not wait any longer where they are. */
  List<Effect> evict(List<Door.Verdict> verdicts, Instant now) {
    if (verdicts.isEmpty()) {
      return List.of();
    }
    List<Effect> effects = new ArrayList<>();
    for (Door.Verdict verdict : verdicts) {
      if (rooms.isWaiting(verdict.ticket())) {
        effects.addAll(failed(verdict, now));
      }
    }
    return effects;
  }

  /** Its model does not answer it: it goes on, or its client is told. */
  List<Effect> failed(Door.Verdict verdict, Instant now) {
    Ticket ticket = verdict.ticket();
    exchanges.close(ticket);
    List<Effect> effects = new ArrayList<>();
    if (!goesOn(verdict, true, effects, now)) {
      Door.Verdict told = told(verdict);
      if (told.outcome() == Outcome.TIMEOUT) {
        entrance.timedOut(ticket, now);
      }
      effects.add(exchanges.fail(ticket, told.failure(), told.outcome()));
    }
    return effects;
  }

  private static Door.Verdict told(Door.Verdict verdict) {
    Journey journey = verdict.ticket().tries().journey();
    return journey == null || !Journey.isMended(verdict.failure()) ? verdict : journey.first();
  }

  private static Journey way(Door.Verdict verdict) {
    Journey journey = verdict.ticket().tries().journey();
    return journey == null ? new Journey(verdict) : journey;
  }

  /**
   * Whether another model takes it.
   *
   * @param known whether its client knows already that it has been let in
   */
  private boolean goesOn(Door.Verdict verdict, boolean known, List<Effect> effects, Instant now) {
    Ticket ticket = verdict.ticket();
    if (door.isClosed() || ticket.submission().detour().fallbacks().isEmpty()) {
      return false;
    }
    Journey journey = way(verdict);
    Failure why = verdict.failure();
    ModelName next = journey.next(ticket, why, fleet);
    while (next != null) {
      ticket = new Ticket(ticket, next, journey, now, plan.queue());
      Effect.Refuse refuse = entrance.enter(ticket, known, plan, effects, now);
      if (refuse == null) {
        effects.add(
            new Effect.Note(new FellBack(journey.origin(), next, verdict.failure().kind())));
        return true;
      }
      why = refuse.failure();
      next = journey.next(ticket, why, fleet);
    }
    return false;
  }
}
