package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.DEEP;
import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static com.visiquate.ccproxy.routing.Fixture.backend;
import static com.visiquate.ccproxy.routing.Fixture.exchange;
import static com.visiquate.ccproxy.routing.Fixture.model;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Failure.Kind;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Fallbacks;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to requests that may go on: each ends once, and each attempt is a new one. */
final class FallbackChaosTest {
  private static final ModelName WIDE = new ModelName("wide");
  private static final List<ModelName> ALL = List.of(FAST, DEEP, WIDE);
  private static final List<Kind> FAILURES =
      List.of(Kind.BACKEND_LOST, Kind.BACKEND_ERROR, Kind.PROMPT_TOO_LONG, Kind.INVALID);
  private static final List<Priority> CLASSES = List.of(Priority.values());
  private static final int STEPS = 4_000;

  private final List<BackendSpec> backends =
      List.of(backend("a", 2), backend("b", 1), backend("c", 1, 2), backend("d", 1, 2));
  private final Map<ExchangeId, Placement> running = new LinkedHashMap<>();
  private final Set<ExchangeId> waiting = new HashSet<>();
  private final Map<ExchangeId, Set<String>> tried = new HashMap<>();
  private Instant now = START;
  private long submitted;
  private int ended;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void endsEachRequestOnce(long seed) {
    Random random = new Random(seed);
    Scheduler scheduler = new Scheduler(plan(true), new Random(seed), now);
    for (int step = 0; step < STEPS; step++) {
      now = now.plusMillis(random.nextInt(2_000));
      apply(scheduler, event(scheduler, random));
      assertThat(scheduler.openExchanges())
          .as("seed %d, step %d", seed, step)
          .isEqualTo(waiting.size() + running.size());
    }
    backends.forEach(one -> apply(scheduler, health(scheduler, one, Health.UP)));
    while (!running.isEmpty()) {
      apply(scheduler, finish(scheduler, any(random), Outcome.COMPLETED));
    }
    now = now.plus(Duration.ofDays(1));
    apply(scheduler, scheduler.tick(now));
    assertThat(scheduler.openExchanges()).as("seed %d", seed).isZero();
    assertThat((long) ended).as("seed %d", seed).isEqualTo(submitted);
    assertThat(scheduler.report(100, now).backends()).allMatch(one -> one.taken().isEmpty());
    assertThat(tried.values()).as("some went on").anyMatch(places -> places.size() > 2);
  }

  private List<RoutingEffect> event(Scheduler scheduler, Random random) {
    int kind = random.nextInt(20);
    if (kind < 7) {
      return submit(scheduler, random);
    }
    if (kind < 14 && !running.isEmpty()) {
      ExchangeId one = any(random);
      return kind < 11
          ? lose(scheduler, one, FAILURES.get(random.nextInt(FAILURES.size())))
          : finish(scheduler, one, Outcome.COMPLETED);
    }
    return switch (kind) {
      case 14, 15 -> leave(scheduler, random);
      case 16, 17 ->
          health(
              scheduler,
              backends.get(random.nextInt(backends.size())),
              random.nextBoolean() ? Health.UP : Health.DOWN);
      case 18 -> scheduler.replan(plan(random.nextBoolean()), now);
      default -> scheduler.tick(now);
    };
  }

  private List<RoutingEffect> submit(Scheduler scheduler, Random random) {
    List<ModelName> others = new ArrayList<>(ALL);
    ModelName model = others.remove(random.nextInt(ALL.size()));
    Failure unfit = random.nextInt(9) == 0 ? Failure.tooLong(9, 8) : null;
    ExchangeId id = exchange(submitted++);
    waiting.add(id);
    return scheduler
        .submit(
            new Submission(
                id,
                0,
                model,
                ChatRequest.of(model.value(), List.of(new Message.User("q" + submitted))),
                CLASSES.get(random.nextInt(CLASSES.size())),
                new ClientId("c" + random.nextInt(5)),
                now.plusSeconds(1 + random.nextInt(90)),
                new FallbackOptions(new Fallbacks(others, List.of(WIDE)), unfit),
                random.nextBoolean(),
                null),
            now)
        .effects();
  }

  private List<RoutingEffect> lose(Scheduler scheduler, ExchangeId one, Kind kind) {
    Placement at = requireNonNull(running.remove(one));
    waiting.add(one);
    boolean elsewhere = kind != Kind.INVALID && kind != Kind.PROMPT_TOO_LONG;
    return scheduler.lost(
        new Lost(one, at.backend(), Failure.of(kind, "It failed."), elsewhere), now);
  }

  private List<RoutingEffect> finish(Scheduler scheduler, ExchangeId one, Outcome outcome) {
    Placement at = requireNonNull(running.remove(one));
    ended++;
    return scheduler.finished(new Ended(one, at.backend(), outcome, Counts.NONE, null, false), now);
  }

  private List<RoutingEffect> leave(Scheduler scheduler, Random random) {
    ExchangeId one = exchange(random.nextInt((int) submitted + 1));
    if (waiting.remove(one)) {
      ended++;
    }
    return scheduler.left(one, Why.TIMEOUT, now);
  }

  private List<RoutingEffect> health(Scheduler scheduler, BackendSpec spec, Health health) {
    return scheduler.status(Fixture.status(spec.id().value(), health, spec.slots()), now);
  }

  private void apply(Scheduler scheduler, List<RoutingEffect> effects) {
    List<ExchangeId> stopped = new ArrayList<>();
    for (RoutingEffect effect : effects) {
      switch (effect) {
        case RoutingEffect.Start start -> start(start);
        case RoutingEffect.Refuse refuse -> end(refuse.submission().exchange());
        case RoutingEffect.Fail fail -> end(fail.submission().exchange());
        case RoutingEffect.Stop stop -> stopped.add(stop.exchange());
        default -> assertThat(effect).isNotNull();
      }
    }
    stopped.forEach(one -> apply(scheduler, finish(scheduler, one, Outcome.CLIENT_GONE)));
  }

  private void start(RoutingEffect.Start start) {
    ExchangeId one = start.submission().exchange();
    Placement at = start.placement();
    assertThat(waiting.remove(one)).as("it waited").isTrue();
    assertThat(start.model().name()).isEqualTo(at.model());
    Set<String> places = tried.computeIfAbsent(one, first -> new HashSet<>());
    assertThat(places.add(at.model() + "@" + at.backend())).as("each once").isTrue();
    assertThat(at.attempt()).as("counts on").isEqualTo(places.size());
    running.put(one, at);
  }

  private void end(ExchangeId one) {
    assertThat(waiting.remove(one)).as("it ends once").isTrue();
    ended++;
  }

  private ExchangeId any(Random random) {
    return List.copyOf(running.keySet()).get(random.nextInt(running.size()));
  }

  private FleetPlan plan(boolean deep) {
    List<ModelSpec> models = new ArrayList<>(List.of(model(FAST, "a", "b")));
    if (deep) {
      models.add(model(DEEP, "b", "c"));
    }
    BackendSpec last = backends.getLast();
    models.add(new ModelSpec(WIDE, "wide", 32_768, List.of(last.id()), false, "-1", Map.of()));
    return Fixture.plan(backends, models, new QueueBounds(3, Duration.ofSeconds(40)));
  }
}
