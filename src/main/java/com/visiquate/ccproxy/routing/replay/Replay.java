package com.visiquate.ccproxy.routing.replay;

import static java.util.Objects.requireNonNull;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.ReplayMessage.Figures;
import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * Past requests once more, in virtual time, through the real scheduler: each first turn comes when
 * it came, and each next turn as long after the answer before it as its client took then.
 */
final class Replay {
  private static final Instant START = Instant.EPOCH;
  private static final Duration FAR = Duration.ofDays(10_000);
  private static final double NANOS = 1e9;
  private static final long SEED = 7;

  /** More happens only where something goes round in circles. */
  private static final long EVENTS = 2_000;

  private final Workload workload;
  private final Variation variation;
  private final Speeds speeds;
  private final Prompts prompts = new Prompts();
  private final Scheduler scheduler;
  private final Map<String, PlayedMachine> machines = new HashMap<>();
  private final Map<BackendId, BackendSpec> backends = new HashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::number));
  private final Map<ExchangeId, Ask> open = new HashMap<>();
  private final Map<Ask, Double> asked = new HashMap<>();
  private final Tally tally;
  private double now;
  private long numbers;
  private long alarms;
  private int refused;

  private record Event(double at, long number, Runnable what) {}

  /** What came of it, and how many requests were refused in it. */
  record Result(Figures figures, int refused) {}

  private Replay(
      Workload workload, Variation variation, Speeds speeds, List<BackendStatus> statuses) {
    this.workload = workload;
    this.variation = variation;
    this.speeds = speeds;
    this.tally = new Tally(workload.asks().size());
    this.scheduler = new Scheduler(variation.plan(), new Random(SEED), START);
    for (BackendSpec spec : variation.plan().backends()) {
      backends.put(spec.id(), spec);
      machines.computeIfAbsent(spec.host(), host -> new PlayedMachine());
    }
    statuses.forEach(status -> apply(scheduler.status(status, START)));
  }

  static Result run(
      Workload workload, Variation variation, Speeds speeds, List<BackendStatus> statuses) {
    return new Replay(workload, variation, speeds, statuses).run();
  }

  private Result run() {
    for (Ask ask : workload.asks()) {
      if (ask.before() == null) {
        at(workload.born(ask), () -> ask(ask));
      }
    }
    long left = EVENTS * (1 + workload.asks().size());
    while (step()) {
      if (left-- == 0) {
        throw new IllegalStateException("a replay does not come to its end");
      }
    }
    return new Result(tally.figures(), refused);
  }

  /** Whatever is next; false when nobody waits, runs or comes any more. */
  private boolean step() {
    PlayedMachine machine = null;
    for (PlayedMachine one : machines.values()) {
      machine = machine == null || one.next() < machine.next() ? one : machine;
    }
    double next = machine == null ? Double.POSITIVE_INFINITY : machine.next();
    Event event = events.peek();
    if (event != null && event.at() <= next) {
      now = event.at();
      events.remove().what().run();
      return true;
    }
    if (machine == null || next == Double.POSITIVE_INFINITY) {
      return false;
    }
    now = next;
    reached(machine.reach());
    return true;
  }

  private void reached(Job job) {
    ExchangeId exchange = job.start().submission().exchange();
    BackendId backend = job.start().placement().backend();
    switch (job.phase()) {
      case LOADING, PROMPT -> {}
      case ANSWER -> {
        tally.spoke(now - requireNonNull(asked.remove(job.ask())));
        apply(scheduler.firstToken(new FirstToken(exchange, backend), instant()));
      }
      case DONE -> finish(job, exchange, backend);
    }
  }

  private void finish(Job job, ExchangeId exchange, BackendId backend) {
    Ask ask = job.ask();
    open.remove(exchange);
    tally.ended(now);
    Counts past = ask.run().counts();
    Counts counts =
        new Counts(
            past.promptTokens(),
            job.work().cachedTokens(),
            past.outputTokens(),
            (long) (NANOS * job.work().load()),
            (long) (NANOS * job.work().prompt()),
            (long) (NANOS * job.work().output()));
    follow(ask);
    apply(
        scheduler.finished(
            new Ended(exchange, backend, Outcome.COMPLETED, counts, prompts.answer(ask), false),
            instant()));
  }

  private void follow(Ask ask) {
    for (Ask next : ask.next()) {
      at(now + next.pause(), () -> ask(next));
    }
  }

  private void ask(Ask ask) {
    PastRun run = ask.run();
    ExchangeId exchange = new ExchangeId("r" + numbers++);
    open.put(exchange, ask);
    asked.put(ask, now);
    Submission submission =
        new Submission(
                exchange,
                0,
                run.model(),
                prompts.request(ask),
                run.priority(),
                new ClientId(run.client()),
                START.plus(FAR))
            .sketched(prompts.of(ask));
    apply(scheduler.submit(submission, instant()).effects());
  }

  private void apply(List<RoutingEffect> effects) {
    for (RoutingEffect effect : effects) {
      switch (effect) {
        case RoutingEffect.Start start -> start(start);
        case RoutingEffect.WakeAt wake -> wakeAt(wake.instant());
        case RoutingEffect.Refuse refuse -> refused(refuse.submission().exchange());
        case RoutingEffect.Fail fail -> refused(fail.submission().exchange());
        default -> {}
      }
    }
  }

  /** Its conversation goes on as if it had been answered: nobody knows what its client would do. */
  private void refused(ExchangeId exchange) {
    Ask ask = requireNonNull(open.remove(exchange));
    asked.remove(ask);
    refused++;
    follow(ask);
  }

  /** Each replaces the one before. */
  private void wakeAt(Instant instant) {
    long alarm = ++alarms;
    double at = Math.max(now, Duration.between(START, instant).toNanos() / NANOS);
    at(at, () -> apply(alarm == alarms ? scheduler.tick(instant()) : List.of()));
  }

  private void start(RoutingEffect.Start start) {
    Ask ask = requireNonNull(open.get(start.submission().exchange()));
    BackendSpec backend = requireNonNull(backends.get(start.placement().backend()));
    Job.Work work = work(ask, start.estimate(), variation.measured(backend));
    tally.prompt(ask.run().counts().promptTokens(), work.cachedTokens());
    requireNonNull(machines.get(backend.host())).add(new Job(ask, start, work), now);
    scheduler.started(start.submission().exchange());
  }

  /** What is cached is what the scheduler thinks that is, which follows what Ollamas do. */
  private Job.Work work(Ask ask, Estimate estimate, BackendSpec measured) {
    PastRun run = ask.run();
    int tokens = run.counts().promptTokens();
    int cached = Math.clamp(estimate.cachedTokens(), 0, Math.max(0, tokens - 1));
    boolean loads = estimate.work().load() > 0;
    return new Job.Work(
        loads ? speeds.load(measured, run.model()) : 0,
        (tokens - cached) * speeds.prompt(measured, run.model(), now),
        run.counts().outputTokens() * speeds.output(measured, run.model(), now),
        cached);
  }

  private void at(double when, Runnable what) {
    events.add(new Event(when, numbers++, what));
  }

  private Instant instant() {
    return START.plusNanos((long) Math.ceil(now * NANOS));
  }
}
