package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.Strategy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A random world around a scheduler, with its own books, which it compares after every event. */
final class Chaos {
  private final long seed;
  private final Random random;
  private final FleetPlan plan;
  private final Scheduler scheduler;
  private final Map<ExchangeId, Submission> waiting = new LinkedHashMap<>();
  private final Map<ExchangeId, Placement> running = new LinkedHashMap<>();
  private final Map<ExchangeId, Placement> ghosts = new LinkedHashMap<>();
  private final Map<ExchangeId, Submission> submitted = new HashMap<>();
  private final Map<ExchangeId, Set<BackendId>> tried = new HashMap<>();
  private final Set<ExchangeId> unanswered = new HashSet<>();
  private final Set<ExchangeId> stopped = new HashSet<>();
  private final Set<ExchangeId> ended = new HashSet<>();
  private final Talk talk;
  private Instant now = START;
  private int arrivals;

  Chaos(long seed, FleetPlan plan) {
    this.seed = seed;
    this.random = new Random(seed);
    this.plan = plan;
    this.talk = new Talk(random);
    this.scheduler = new Scheduler(plan, random, now);
  }

  void run(int events) {
    plan.backends().forEach(spec -> apply(health(spec, Health.UP)));
    for (int i = 0; i < events; i++) {
      now = now.plusMillis(random.nextInt(500));
      apply(event());
      check();
    }
    settle();
    assertThat(ended).as("seed %d: all ended", seed).hasSize(arrivals);
  }

  /** Everything comes up and runs to its end. */
  private void settle() {
    plan.backends().forEach(spec -> apply(health(spec, Health.UP)));
    for (int i = 0; !(running.isEmpty() && waiting.isEmpty() && ghosts.isEmpty()); i++) {
      assertThat(i).as("seed %d: comes to rest", seed).isLessThan(10_000);
      now = now.plusMillis(1_000);
      apply(running.isEmpty() ? scheduler.tick(now) : finish(false));
      apply(ghosts.isEmpty() ? List.of() : ghostGone());
      check();
    }
    assertThat(scheduler.openExchanges()).as("seed %d", seed).isZero();
  }

  private List<Effect> event() {
    int what = random.nextInt(100);
    if (what < 40) {
      return submit();
    }
    if (what < 50) {
      BackendSpec spec = any(plan.backends());
      return health(spec, any(List.of(Health.values())));
    }
    if (what < 55) {
      return scheduler.tick(now);
    }
    if (what < 60) {
      return submitted.isEmpty() ? List.of() : leave(any(submitted.keySet()));
    }
    if (what < 65) {
      return ghosts.isEmpty() ? List.of() : ghostGone();
    }
    return running.isEmpty() ? List.of() : report(what);
  }

  private List<Effect> report(int what) {
    if (what < 72) {
      return lose();
    }
    if (what < 78) {
      return unanswered.isEmpty() ? List.of() : handBack(any(unanswered));
    }
    if (what < 85) {
      ExchangeId exchange = any(running.keySet());
      unanswered.remove(exchange);
      scheduler.started(exchange);
      return scheduler.firstToken(new FirstToken(exchange, backend(exchange)), now);
    }
    return finish(random.nextInt(5) == 0);
  }

  private List<Effect> submit() {
    ModelName model = random.nextInt(3) == 0 ? Fixture.DEEP : Fixture.FAST;
    Priority priority = any(List.of(Priority.values()));
    Instant deadline = now.plusSeconds(random.nextInt(200));
    Submission next =
        Fixture.submission(arrivals++, model, priority, deadline, talk.next(arrivals));
    submitted.put(next.exchange(), next);
    waiting.put(next.exchange(), next);
    return scheduler.submit(next, now);
  }

  private List<Effect> leave(ExchangeId exchange) {
    if (waiting.remove(exchange) != null) {
      end(exchange);
    }
    return scheduler.left(exchange, Why.CLIENT_GONE, now);
  }

  private List<Effect> lose() {
    ExchangeId exchange = any(running.keySet());
    BackendId backend = taken(running, exchange).backend();
    unanswered.remove(exchange);
    tried.computeIfAbsent(exchange, it -> new HashSet<>()).add(backend);
    waiting.put(exchange, submitted.get(exchange));
    return back(exchange, scheduler.lost(Fixture.lost(exchange, backend), now));
  }

  private List<Effect> handBack(ExchangeId exchange) {
    BackendId backend = taken(running, exchange).backend();
    unanswered.remove(exchange);
    waiting.put(exchange, submitted.get(exchange));
    return back(exchange, scheduler.returned(exchange, backend, now));
  }

  /** One that had left while it ran ends without a word when its slot is given back. */
  private List<Effect> back(ExchangeId exchange, List<Effect> effects) {
    if (stopped.remove(exchange)) {
      waiting.remove(exchange);
      end(exchange);
    }
    return effects;
  }

  private List<Effect> finish(boolean ghost) {
    ExchangeId exchange = any(running.keySet());
    Placement placement = taken(running, exchange);
    unanswered.remove(exchange);
    stopped.remove(exchange);
    end(exchange);
    if (ghost) {
      ghosts.put(exchange, placement);
    }
    Counts counts = ghost ? Counts.NONE : Fixture.COUNTS;
    Outcome outcome = ghost ? Outcome.CLIENT_GONE : Outcome.COMPLETED;
    Message.Assistant answer =
        ghost ? null : talk.answer((ChatRequest) requireNonNull(submitted.get(exchange)).request());
    return scheduler.finished(
        new Ended(exchange, placement.backend(), outcome, counts, answer, ghost), now);
  }

  private List<Effect> ghostGone() {
    ExchangeId exchange = any(ghosts.keySet());
    return scheduler.ghostGone(new GhostGone(exchange, taken(ghosts, exchange).backend()), now);
  }

  private List<Effect> health(BackendSpec spec, Health health) {
    return scheduler.status(Fixture.status(spec.id().value(), health, spec.slots()), now);
  }

  private void apply(List<Effect> effects) {
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Start start -> start(start);
        case Effect.Refuse refuse -> giveUp(refuse.submission());
        case Effect.Fail fail -> giveUp(fail.submission());
        case Effect.Stop stop -> assertThat(stopped.add(stop.exchange())).isTrue();
        case Effect.Wait wait -> assertThat(waiting).containsKey(wait.submission().exchange());
        case Effect.Still still -> assertThat(waiting).containsKey(still.submission().exchange());
        case Effect.Note note -> assertThat(note.fact()).isNotNull();
        case Effect.Expect expect -> assertThat(expect.waiting()).isNotNegative();
        case Effect.Depth depth -> assertThat(depth.waiting()).isNotNegative();
        case Effect.WakeAt wake -> assertThat(wake.instant()).isAfterOrEqualTo(now);
      }
    }
  }

  private void start(Effect.Start start) {
    Submission starting = start.submission();
    ExchangeId exchange = starting.exchange();
    assertThat(waiting.remove(exchange)).as("seed %d: it waited", seed).isEqualTo(starting);
    assertThat(starting.deadline()).as("seed %d: in time", seed).isAfter(now);
    assertThat(triedBy(exchange)).doesNotContain(start.placement().backend());
    assertThat(waiting.values().stream().filter(other -> goesBefore(other, starting)))
        .as("seed %d: class and arrival", seed)
        .isEmpty();
    running.put(exchange, start.placement());
    unanswered.add(exchange);
  }

  private Set<BackendId> triedBy(ExchangeId exchange) {
    return tried.getOrDefault(exchange, Set.of());
  }

  /** Of two that may run everywhere, the higher class and then the older goes first. */
  private boolean goesBefore(Submission other, Submission starting) {
    boolean comparable =
        other.model().equals(starting.model())
            && triedBy(other.exchange()).isEmpty()
            && (isByArrival() || triedBy(starting.exchange()).isEmpty());
    int byClass = other.priority().compareTo(starting.priority());
    boolean older = isByArrival() && number(other) < number(starting);
    return comparable && !mayHold() && (byClass < 0 || (byClass == 0 && older));
  }

  private boolean isByArrival() {
    return plan.routing().strategy() != Strategy.LEAST_BUSY;
  }

  /** Where slots are kept for conversations, even a higher class may wait for another one. */
  private boolean mayHold() {
    return !isByArrival() && plan.routing().residency().isPositive();
  }

  private static int number(Submission submission) {
    return Integer.parseInt(submission.exchange().value().substring(1));
  }

  private void giveUp(Submission submission) {
    assertThat(waiting.remove(submission.exchange())).as("seed %d", seed).isNotNull();
    end(submission.exchange());
  }

  private void end(ExchangeId exchange) {
    assertThat(ended.add(exchange)).as("seed %d: ends once", seed).isTrue();
  }

  private void check() {
    List<Placement> taken = new ArrayList<>(running.values());
    taken.addAll(ghosts.values());
    for (BackendSpec spec : plan.backends()) {
      List<Placement> here = taken.stream().filter(at -> at.backend().equals(spec.id())).toList();
      checkSlots(spec, here);
    }
    assertThat(scheduler.openExchanges())
        .as("seed %d: none is lost", seed)
        .isEqualTo(waiting.size() + running.size());
    long total = plan.backends().stream().mapToInt(s -> s.slots() * s.residentModels()).sum();
    for (ModelName model : List.of(Fixture.FAST, Fixture.DEEP)) {
      long here = waiting.values().stream().filter(one -> one.model().equals(model)).count();
      assertThat(here).isLessThanOrEqualTo(plan.queue().length() + total);
    }
  }

  private void checkSlots(BackendSpec spec, List<Placement> here) {
    Map<ModelName, Integer> models = new HashMap<>();
    here.forEach(at -> models.merge(at.model(), 1, Integer::sum));
    assertThat(models.size())
        .as("seed %d: models", seed)
        .isLessThanOrEqualTo(spec.residentModels());
    assertThat(models.values()).as("seed %d: slots", seed).allMatch(n -> n <= spec.slots());
    Snapshot.Backend seen =
        scheduler.snapshot(now).backends().stream()
            .filter(backend -> backend.backend().equals(spec.id()))
            .findFirst()
            .orElseThrow();
    assertThat(seen.running() + seen.ghosts()).as("seed %d: seats", seed).isEqualTo(here.size());
  }

  private static Placement taken(Map<ExchangeId, Placement> from, ExchangeId exchange) {
    return requireNonNull(from.remove(exchange));
  }

  private BackendId backend(ExchangeId exchange) {
    return requireNonNull(running.get(exchange)).backend();
  }

  private <T> T any(Collection<T> some) {
    return List.copyOf(some).get(random.nextInt(some.size()));
  }
}
