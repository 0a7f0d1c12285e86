package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.SteerMessage.Steer;
import com.visiquate.ccproxy.bus.SteerMessage.SteerReply;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.dispatch.Dispatchers;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.estimate.Forecast;
import com.visiquate.ccproxy.routing.estimate.ReturnStatistics;
import com.visiquate.ccproxy.routing.estimate.Tuning;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * Who is next, and where. Events and the time go in, effects come out. Owns the plan that holds,
 * and the order in which its parts are asked. Each submitted exchange ends exactly once, by {@link
 * RoutingEffect.Refuse}, {@link RoutingEffect.Fail}, {@link #finished} or, when its client has
 * left, without a word.
 */
public final class Scheduler {
  private final WaitingRooms rooms;
  private final OpenExchanges exchanges;
  private final FleetState fleet;
  private final Estimator estimator;
  private final Dispatchers dispatchers;
  private final Ghosts ghosts;
  private final SlotReports slots;
  private final TakeOvers takeOvers;
  private final Reappraisal reappraisal;
  private final QueueLimits limits;
  private final FallbackControl fallbacks;
  private final Retries retries;
  private final Aftermath aftermath;
  private final Interventions interventions;
  private final Inspection inspection;
  private final PrefixWarmUps warmUps;
  private final Wreckage wreckage;
  private final Chronicle chronicle;
  private final Succession succession;
  private FleetPlan plan;

  public Scheduler(FleetPlan plan, RandomGenerator random, Instant now) {
    this(plan, Tuning.DEFAULT, random, now);
  }

  public Scheduler(FleetPlan plan, Tuning tuning, RandomGenerator random, Instant now) {
    this(plan, Judgement.of(plan, tuning, now), random, now);
  }

  private Scheduler(FleetPlan plan, Judgement judgement, RandomGenerator random, Instant now) {
    Forecast forecast = judgement.forecast();
    this.plan = plan;
    rooms = judgement.rooms();
    fleet = judgement.fleet();
    exchanges = new OpenExchanges(rooms);
    estimator = judgement.estimator();
    dispatchers = judgement.dispatchers(plan.routing(), random);
    ghosts = new Ghosts(estimator);
    chronicle = judgement.chronicle();
    slots = new SlotReports(fleet, new Learning(fleet, judgement), ghosts, judgement.steps());
    takeOvers = new TakeOvers(rooms, fleet, chronicle);
    reappraisal = new Reappraisal(rooms, fleet, estimator, plan.routing());
    limits = new QueueLimits(rooms, exchanges, fleet, forecast);
    warmUps = new PrefixWarmUps(rooms, fleet, estimator, exchanges, judgement.assignment());
    warmUps.follow(plan);
    fallbacks = new FallbackControl(plan, admission(), exchanges, rooms, fleet, limits, chronicle);
    retries = new Retries(rooms, exchanges, fleet, limits, reappraisal, fallbacks, chronicle);
    WakeUps wakeUps = new WakeUps(rooms, fleet, forecast, now);
    aftermath = new Aftermath(fallbacks, reappraisal, dispatchers, warmUps, fleet, wakeUps);
    interventions = new Interventions(exchanges, rooms, takeOvers, reappraisal, aftermath);
    wreckage = new Wreckage(exchanges, rooms, fleet);
    inspection = new Inspection(rooms, fleet, judgement, ghosts);
    succession = new Succession(fallbacks, exchanges, judgement, reappraisal, aftermath, now);
  }

  private AdmissionControl admission() {
    ReturnStatistics returns = estimator.returns();
    return new AdmissionControl(
        rooms, exchanges, returns, reappraisal, dispatchers, takeOvers, limits, warmUps, chronicle);
  }

  /** A request wants a slot: it starts, waits or is refused. */
  public Reception submit(Submission submission, Instant now) {
    List<RoutingEffect> due = aftermath.due(now);
    Reception reception = fallbacks.submit(submission, now);
    return reception.between(due, aftermath.wake(now));
  }

  /** What was there before this one began. */
  public Succession succession() {
    return succession;
  }

  /** The backend has taken it. */
  public void started(ExchangeId exchange) {
    exchanges.placed(exchange).ifPresent(OpenExchange::acknowledge);
  }

  /** The backend had no room, or did not answer: it waits on, with its old age and place. */
  public List<RoutingEffect> returned(ExchangeId exchange, BackendId backend, Instant now) {
    Optional<OpenExchange> placed =
        exchanges.placed(exchange).filter(open -> open.isUnanswered(backend));
    placed.ifPresent(open -> slots.handBack(exchange, backend, now));
    placed.ifPresent(open -> open.handedBack(now));
    placed.ifPresent(open -> retries.waitsAgain(open, now));
    return placed.isPresent() ? aftermath.of(List.of(), now) : List.of();
  }

  /** It has begun to answer, so its prompt is done. */
  public List<RoutingEffect> firstToken(FirstToken report, Instant now) {
    return slots.spoke(report, now);
  }

  /** It ended on a backend; a ghost keeps its slot. */
  public List<RoutingEffect> finished(Ended report, Instant now) {
    List<RoutingEffect> effects = new ArrayList<>(slots.ended(report, now));
    effects.addAll(warmUps.ended(report));
    Optional<OpenExchange> placed = exchanges.placed(report);
    if (report.outcome() == Outcome.TIMEOUT) {
      placed.ifPresent(open -> takeOvers.timedOut(open, now));
    }
    placed.ifPresent(exchanges::close);
    if (report.ghost()) {
      effects.addAll(takeOvers.haunts(report.exchange(), report.backend(), now));
    }
    return aftermath.of(effects, now);
  }

  public List<RoutingEffect> ghostGone(GhostGone report, Instant now) {
    slots.ghostGone(report, now);
    return aftermath.of(List.of(), now);
  }

  /** A backend failed it before its first byte: another one is tried, each at most once. */
  public List<RoutingEffect> lost(Lost report, Instant now) {
    Optional<OpenExchange> placed = exchanges.placed(report);
    slots.lost(report, now);
    placed.ifPresent(open -> open.failed(report, now, plan.queue()));
    return aftermath.of(
        placed.map(open -> retries.lost(open, report, now)).orElseGet(List::of), now);
  }

  /** Nobody wants its answer any more. */
  public List<RoutingEffect> left(ExchangeId exchange, Why why, Instant now) {
    return interventions.left(exchange, why, now);
  }

  /** What an operator wants; what follows goes out, whatever he is told. */
  public SteerReply steer(Steer wish, Instant now, Consumer<List<RoutingEffect>> out) {
    Interventions.Steered steered = interventions.steer(wish, now);
    out.accept(steered.effects());
    return steered.reply();
  }

  public List<RoutingEffect> status(BackendStatus status, Instant now) {
    warmUps.heard(status);
    ghosts.heard(status);
    fleet.heard(status, now);
    return aftermath.of(List.of(), now);
  }

  /** Another plan holds from now on; those who wait keep the bound that they came in with. */
  public List<RoutingEffect> replan(FleetPlan changed, Instant now) {
    dispatchers.follow(changed);
    fallbacks.follow(changed);
    plan = changed;
    fleet.replan(changed, now);
    estimator.keepOnly(fleet.ids());
    reappraisal.follow(changed.routing());
    warmUps.follow(changed);
    List<RoutingEffect> effects = aftermath.of(List.of(), now);
    rooms.keepOnly(fleet.models());
    return effects;
  }

  /** The gateway ends: nothing new, nobody waits, what runs goes on. */
  public List<RoutingEffect> drain(Instant now) {
    limits.close();
    return aftermath.of(warmUps.end(), now);
  }

  /** Time has passed. */
  public List<RoutingEffect> tick(Instant now) {
    aftermath.rang();
    return aftermath.of(List.of(), now);
  }

  /** A bug broke off what followed from this message; says who was {@code ordered} to run. */
  public List<RoutingEffect> mend(BusMessage message, Predicate<ExchangeId> ordered, Instant now) {
    return wreckage.clear(message, ordered, now);
  }

  /** What operators see, so many rows of each queue. */
  public QueueReport report(int most, Instant now) {
    return inspection.report(most, plan.routing(), now);
  }

  /** The steps that were noted of late, for those who listen. */
  public Chronicle chronicle() {
    return chronicle;
  }

  public int openExchanges() {
    return exchanges.size();
  }
}
