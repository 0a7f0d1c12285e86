package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.Fact.PrefixKept;
import com.visiquate.ccproxy.bus.Fact.PromptPart;
import com.visiquate.ccproxy.bus.ScheduleEvent.PrefixLost;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.routing.dispatch.Dispatcher;
import com.visiquate.ccproxy.routing.estimate.ReturnStatistics;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.Precedence;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lets a request in to the model that it names: it starts, waits, or is refused. */
final class AdmissionControl {
  private final WaitingRooms rooms;
  private final OpenExchanges exchanges;
  private final ReturnStatistics returns;
  private final Reappraisal reappraisal;
  private final Dispatcher dispatcher;
  private final TakeOvers takeOvers;
  private final QueueLimits limits;
  private final PrefixWarmUps warmUps;
  private final Chronicle chronicle;
  private final Continuity continuity = new Continuity();

  AdmissionControl(
      WaitingRooms rooms,
      OpenExchanges exchanges,
      ReturnStatistics returns,
      Reappraisal reappraisal,
      Dispatcher dispatcher,
      TakeOvers takeOvers,
      QueueLimits limits,
      PrefixWarmUps warmUps,
      Chronicle chronicle) {
    this.rooms = rooms;
    this.exchanges = exchanges;
    this.returns = returns;
    this.reappraisal = reappraisal;
    this.dispatcher = dispatcher;
    this.takeOvers = takeOvers;
    this.limits = limits;
    this.warmUps = warmUps;
    this.chronicle = chronicle;
  }

  /**
   * Lets it in, or does not.
   *
   * @param known whether its client knows already that it has been let in, elsewhere
   */
  Reception enter(OpenExchange open, boolean known, FleetPlan plan, Instant now) {
    Optional<Failure> refusal = limits.refusal(open, now);
    if (refusal.isPresent()) {
      return Reception.refused(refusal.get());
    }
    List<RoutingEffect> effects = new ArrayList<>();
    continuity.came(open).ifPresent(kept -> effects.addAll(noted(open, kept)));
    effects.addAll(admit(open, now));
    if (rooms.isWaiting(open) && dispatcher.concerns(open, now)) {
      effects.addAll(dispatcher.dispatch(now));
    }
    return rooms.isWaiting(open)
        ? waitOrRefuse(open, known, plan, now).between(effects, List.of())
        : Reception.started(effects, open.submission());
  }

  private static List<RoutingEffect> noted(OpenExchange exchange, PrefixKept kept) {
    RoutingEffect note = new RoutingEffect.Note(kept);
    PromptPart where = kept.changed();
    int lost = kept.previous() - kept.kept();
    if (where == null || lost == 0) {
      return List.of(note);
    }
    int prompt = exchange.chain().length();
    return List.of(
        note,
        new RoutingEffect.Happened(
            new PrefixLost(exchange.id(), exchange.model(), lost, prompt, where)));
  }

  /** It has waited for too long: when it comes again, it goes on where it was. */
  void timedOut(OpenExchange open, Instant now) {
    takeOvers.timedOut(open, now);
  }

  /** It has started, or stands in its room. */
  private List<RoutingEffect> admit(OpenExchange open, Instant now) {
    returns.came(open, now);
    exchanges.open(open);
    List<RoutingEffect> takenOver = takeOvers.came(open, now);
    if (!takenOver.isEmpty()) {
      return takenOver;
    }
    List<RoutingEffect> effects = new ArrayList<>(warmUps.giveWay(open));
    reappraisal.came(open);
    List<RoutingEffect> started =
        rooms.waiting() == 0 ? dispatcher.startAlone(open, now) : List.of();
    if (started.isEmpty()) {
      rooms.add(open);
    }
    effects.addAll(started);
    return effects;
  }

  private Reception waitOrRefuse(OpenExchange open, boolean known, FleetPlan plan, Instant now) {
    Submission submission = open.submission();
    Precedence.Ahead ahead = rooms.of(open.model()).ahead(open);
    int place = ahead.count() + 1;
    Duration estimate = limits.estimate(open, ahead, now);
    Optional<Failure> refusal = limits.refusalToWait(open, estimate, plan.queue(), now);
    if (refusal.isPresent()) {
      exchanges.close(open);
      return new Reception(List.of(), new Refused(refusal.get(), place, estimate));
    }
    open.tell(place);
    chronicle.queued(open, now);
    RoutingEffect waits =
        known
            ? new RoutingEffect.Still(submission, place, estimate)
            : new RoutingEffect.Wait(submission, place, estimate);
    return new Reception(List.of(waits), new Admitted(submission.certain(), place, estimate));
  }
}
