package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.estimate.Rate;
import com.visiquate.ccproxy.routing.estimate.Tuning;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random world around a scheduler: clients that come, leave and come again, backends that answer,
 * fail, vanish and come back, plans that change. Owns the time and what happens next; {@link
 * ChaosBooks} say whether it was right.
 */
final class Chaos {
  /** Looking at everything costs more than an event. */
  private static final int LOOKS = 100;

  /** Far away. */
  private static final int LATER = 3_000;

  /** So many times slower than they are the backends are believed to be at first. */
  private static final double[] WRONG = {0.125, 0.5, 1, 2, 8};

  /** The most that everything is slower than usual. */
  private static final int DRIFT = 2;

  private static final int[] LOADS = {100, 160, 320};
  private static final int RECENT = 16;

  /** A decision looks at all of them in some worlds, and at a few of them in others. */
  private static final int[] CLIENTS = {4, 16};

  /**
   * What a request may cost at most, in prompts: others, a load, and what it destroys included. Who
   * is overtaken has either made an offer, which then was no worse than the other one by more than
   * this; or was kept from one, which ends when its age is worth this; or was not looked at,
   * because of others that are nearer to both than it is.
   */
  private static final int SLOWEST = 20;

  private static final Failure BROKE = Failure.of(Failure.Kind.BACKEND_LOST, "It broke.");
  private static final Health[] HEALTH = Health.values();
  private static final Priority[] PRIORITIES = Priority.values();

  private final String world;
  private final Random random;
  private final Strategy strategy;
  private final ChaosFleet fleet;
  private final Scheduler scheduler;
  private final ChaosBooks books;
  private final ChaosEstimates estimates;
  private final List<Submission> recent = new ArrayList<>();
  private final Map<BackendId, String> versions = new HashMap<>();
  private final Talk talk;

  /** How much of what happens is a new request: too much for the fleet in some worlds. */
  private final int load;

  private final int clients;

  /** Seconds of a prompt: worth a hold in some worlds, and nothing in others. */
  private final int prompt;

  /** How many times slower than usual everything is now: speeds drift in some worlds. */
  private double slowness = 1;

  private final boolean drifts;
  private final ChaosSteps steps;

  private FleetPlan plan;
  private Instant now = START;
  private @Nullable Instant wake;
  private long arrivals;
  private long events;
  private boolean resting;
  private boolean remembers;
  private int effects;

  Chaos(long seed, Strategy strategy) {
    this.random = new Random(seed);
    this.strategy = strategy;
    this.fleet = new ChaosFleet(random);
    this.plan = fleet.plan(strategy);
    this.load = LOADS[random.nextInt(LOADS.length)];
    this.clients = CLIENTS[random.nextInt(CLIENTS.length)];
    this.talk = new Talk(random);
    this.prompt = random.nextBoolean() ? 1 : 20;
    this.drifts = random.nextBoolean();
    this.world = "seed %d, %s".formatted(seed, strategy);
    this.books = new ChaosBooks(world, plan, SLOWEST * prompt * (drifts ? DRIFT : 1));
    this.estimates = new ChaosEstimates(world);
    this.scheduler =
        new Scheduler(plan, believing(WRONG[random.nextInt(WRONG.length)]), random, now);
    this.steps = new ChaosSteps(world);
    // Nobody decides otherwise because somebody listens, and in half of the worlds somebody does.
    scheduler.chronicle().listen(seed % 2 == 0);
  }

  private Tuning believing(double wrong) {
    Rate exact = new Rate(prompt * 1e7, 2e7, 10e9, 50, 0.25, 0, 0, 0);
    return new Tuning(true, true, true, 1, 1, Tuning.DEFAULT.fairness(), exact.faster(1 / wrong));
  }

  private Counts counts() {
    double step = drifts ? Math.exp(random.nextGaussian() / 8) : 1;
    slowness = Math.clamp(slowness * step, 0.5, DRIFT);
    long load = random.nextInt(8) == 0 ? 5_000_000_000L : 0;
    return new Counts(100, 0, 50, load, (long) (slowness * prompt * 1e9), (long) (slowness * 1e9));
  }

  /** It can say afterwards what the scheduler has said. */
  Chaos remembering() {
    remembers = true;
    return this;
  }

  /** So many events, and then everything comes to rest. */
  Chaos run(int most) {
    allUp();
    while (events < most) {
      pass(random.nextInt(100) == 0 ? random.nextInt(20_000) : random.nextInt(500));
      List<RoutingEffect> because = event();
      if (because != null) {
        happen(because);
      }
    }
    resting = true;
    settle();
    useEverySlot();
    settle();
    steps.checkRest();
    assertThat(books.ended()).as("%s: everybody has ended", world).isEqualTo((int) arrivals);
    return this;
  }

  long events() {
    return events;
  }

  /** All that the scheduler has said, as one number. */
  int effects() {
    return effects;
  }

  /** Time passes, and the alarm rings when it was set to. */
  private void pass(long millis) {
    Instant then = now.plusMillis(millis);
    while (wake != null && !wake.isAfter(then)) {
      now = wake.isAfter(now) ? wake : now;
      wake = null;
      happen(scheduler.tick(now));
    }
    now = then;
  }

  private void happen(List<RoutingEffect> because) {
    events++;
    for (RoutingEffect effect : because) {
      effects = remembers ? 31 * effects + effect.hashCode() : 0;
      estimates.check(effect, plan.routing().residency());
      apply(effect);
    }
    steps.check(scheduler.chronicle());
    books.check(scheduler.openExchanges(), now);
    if (events % LOOKS == 0) {
      estimates.look(scheduler.report(100, now), books, plan.routing().residency());
    }
  }

  private void settle() {
    for (int i = 0; !books.isAtRest(); i++) {
      assertThat(i).as("%s: comes to rest", world).isLessThan(10_000);
      pass(1_000);
      if (i % 10 == 0) {
        allUp();
      }
      happen(books.running().isEmpty() ? scheduler.tick(now) : finish(any(books.running()), false));
      if (!books.ghosts().isEmpty()) {
        happen(ghostGone());
      }
    }
  }

  /** No slot has leaked: when nothing is held any more, all can be taken at once. */
  private void useEverySlot() {
    pass(100_000);
    allUp();
    int capacity = books.capacity();
    for (int i = 0; i < capacity; i++) {
      Message.User text = new Message.User("fill " + i);
      happen(submit(FAST, new ClientId("filler"), List.of(text, text), Priority.NORMAL, false));
    }
    assertThat(books.running().size()).as("%s: used slots", world).isEqualTo(capacity);
  }

  private void allUp() {
    plan.backends().forEach(spec -> happen(health(spec, Health.UP)));
  }

  /** What happens next; null when that has nobody to happen to. */
  private @Nullable List<RoutingEffect> event() {
    int what = random.nextInt(1_000);
    if (what < 40) {
      return health();
    }
    if (what < 44) {
      return replan();
    }
    if (what < 110) {
      return recent.isEmpty() ? null : leave(any(recent));
    }
    if (what < 120) {
      return recent.isEmpty() ? null : stale(any(recent));
    }
    if (what < 180) {
      return books.ghosts().isEmpty() ? null : ghostGone();
    }
    if (what < 180 + load) {
      return submit();
    }
    return books.running().isEmpty() ? null : report(any(books.running()));
  }

  private @Nullable List<RoutingEffect> report(ChaosRequest request) {
    int what = random.nextInt(100);
    if (what < 10) {
      return lose(request, random.nextInt(4) > 0);
    }
    if (what < 20) {
      return request.unanswered ? handBack(request) : null;
    }
    if (what < 55) {
      request.unanswered = false;
      request.spoken = true;
      scheduler.started(request.exchange());
      return scheduler.firstToken(new FirstToken(request.exchange(), backend(request)), now);
    }
    return finish(request, !request.spoken && random.nextInt(3) == 0);
  }

  private List<RoutingEffect> health() {
    BackendSpec spec = any(plan.backends());
    boolean heals = books.health(spec.id()) != Health.UP && random.nextInt(4) > 0;
    return health(spec, heals ? Health.UP : HEALTH[random.nextInt(HEALTH.length)]);
  }

  private List<RoutingEffect> submit() {
    Submission before = recent.isEmpty() || random.nextInt(12) > 0 ? null : any(recent);
    Priority priority = PRIORITIES[random.nextInt(PRIORITIES.length)];
    if (before != null) {
      List<Message> same = ((ChatRequest) before.request()).messages();
      return submit(before.model(), before.client(), same, priority, true);
    }
    ModelSpec model = any(plan.catalogue().models());
    ClientId client = new ClientId("client-" + random.nextInt(clients));
    return submit(model.name(), client, talk.next(arrivals), priority, false);
  }

  private List<RoutingEffect> submit(
      ModelName model, ClientId client, List<Message> messages, Priority priority, boolean again) {
    long number = arrivals++;
    ChatRequest request = ChatRequest.of(model.value(), messages);
    Submission next =
        new Submission(Fixture.exchange(number), 0, model, request, priority, client, deadline());
    books.came(next, number, now, again);
    if (recent.size() < RECENT) {
      recent.add(next);
    } else {
      recent.set(random.nextInt(RECENT), next);
    }
    return scheduler.submit(next, now).effects();
  }

  private Instant deadline() {
    boolean soon = !resting && random.nextInt(4) == 0;
    return now.plusSeconds(soon ? random.nextInt(60) : LATER);
  }

  private List<RoutingEffect> leave(Submission whose) {
    ChaosRequest waiting = find(books.waiting(), whose);
    if (waiting != null) {
      books.givenUp(waiting);
    }
    return scheduler.left(whose.exchange(), Why.CLIENT_GONE, now);
  }

  /** Something is said once more of one that has ended: nothing may come of it. */
  private @Nullable List<RoutingEffect> stale(Submission whose) {
    if (!books.hasEnded(whose.exchange()) || find(books.ghosts(), whose) != null) {
      return null;
    }
    BackendId backend = any(plan.backends()).id();
    return switch (random.nextInt(4)) {
      case 0 -> scheduler.finished(Fixture.completed(whose.exchange(), backend), now);
      case 1 -> scheduler.ghostGone(new GhostGone(whose.exchange(), backend, true), now);
      case 2 -> scheduler.returned(whose.exchange(), backend, now);
      default -> scheduler.left(whose.exchange(), Why.CLIENT_GONE, now);
    };
  }

  private List<RoutingEffect> lose(ChaosRequest request, boolean elsewhere) {
    BackendId backend = backend(request);
    books.backInLine(request, now);
    request.tried.add(backend);
    return scheduler.lost(new Lost(request.exchange(), backend, BROKE, elsewhere), now);
  }

  private List<RoutingEffect> handBack(ChaosRequest request) {
    books.backInLine(request, now);
    return scheduler.returned(request.exchange(), backend(request), now);
  }

  private List<RoutingEffect> finish(ChaosRequest request, boolean ghost) {
    books.finished(request, ghost);
    ChatRequest asked = (ChatRequest) request.submission.request();
    Ended report =
        ghost
            ? ended(request, Outcome.CLIENT_GONE, Counts.NONE, null, true)
            : ended(request, Outcome.COMPLETED, counts(), talk.answer(asked), false);
    return scheduler.finished(report, now);
  }

  private static Ended ended(
      ChaosRequest request,
      Outcome outcome,
      Counts counts,
      Message.@Nullable Assistant answer,
      boolean ghost) {
    return new Ended(request.exchange(), backend(request), outcome, counts, answer, ghost);
  }

  private List<RoutingEffect> ghostGone() {
    ChaosRequest ghost = any(books.ghosts());
    books.ghostGone(ghost);
    return scheduler.ghostGone(new GhostGone(ghost.exchange(), backend(ghost), true), now);
  }

  private List<RoutingEffect> replan() {
    plan = fleet.plan(strategy);
    books.follow(plan, now);
    return scheduler.replan(plan, now);
  }

  private List<RoutingEffect> health(BackendSpec spec, Health health) {
    books.heard(spec.id(), health);
    String version =
        versions.computeIfAbsent(spec.id(), id -> random.nextBoolean() ? "0.24.0" : "0.33.0");
    List<LoadedModel> loaded =
        random.nextBoolean() ? List.of() : List.of(LoadedModel.named("ollama-fast"));
    return scheduler.status(
        new BackendStatus(spec.id(), health, version, spec.slots(), 0, 0, 0, loaded, List.of(), ""),
        now);
  }

  private void apply(RoutingEffect effect) {
    switch (effect) {
      case RoutingEffect.Start start -> start(start);
      case RoutingEffect.TakeOver over ->
          books.tookOver(
              books.of(over.start().submission()), over.from(), over.start().placement().backend());
      case RoutingEffect.Refuse refuse -> books.givenUp(books.of(refuse.submission()));
      case RoutingEffect.Fail fail -> books.givenUp(books.of(fail.submission()));
      case RoutingEffect.Wait wait -> books.toldToWait(books.of(wait.submission()));
      case RoutingEffect.Still still -> books.stillWaits(books.of(still.submission()));
      case RoutingEffect.Cancel cancel -> throw new AssertionError("nobody steers: " + cancel);
      case RoutingEffect.Stop stop -> stop(stop);
      case RoutingEffect.WakeAt at -> wake = at.instant();
      case RoutingEffect.Note note -> {}
      case RoutingEffect.Happened happened -> {}
      case RoutingEffect.Correct correct -> assertThat(correct.fact().now()).isNotEmpty();
      case RoutingEffect.Haunted haunted -> throw new AssertionError("none was seen: " + haunted);
      case RoutingEffect.Expect expect -> {}
      case RoutingEffect.Depth depth -> {}
    }
  }

  private void start(RoutingEffect.Start start) {
    Placement at = start.placement();
    if (start.submission().ingress() == 0) {
      books.started(books.of(start.submission()), at.backend(), now);
    } else {
      arrivals++;
      books.startedByItself(start.submission(), at.backend(), now);
    }
  }

  /** Its client has left, or it gives way. */
  private void stop(RoutingEffect.Stop stop) {
    for (ChaosRequest request : books.running()) {
      if (request.exchange().equals(stop.exchange())) {
        assertThat(stop.backend()).isEqualTo(request.at);
        request.leaving = true;
        return;
      }
    }
    throw new AssertionError("What is stopped runs: " + stop);
  }

  private static @Nullable ChaosRequest find(List<ChaosRequest> some, Submission whose) {
    for (ChaosRequest one : some) {
      if (one.exchange().equals(whose.exchange())) {
        return one;
      }
    }
    return null;
  }

  private static BackendId backend(ChaosRequest request) {
    return requireNonNull(request.at);
  }

  private <T> T any(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}
