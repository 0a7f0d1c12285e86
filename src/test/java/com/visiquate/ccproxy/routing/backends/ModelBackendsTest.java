package com.visiquate.ccproxy.routing.backends;

import static com.visiquate.ccproxy.routing.Fixture.DEEP;
import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.routing.Fixture;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.request.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of the backends of a model is what looking at each of them would find. */
final class ModelBackendsTest {
  private static final int STEPS = 5_000;
  private static final Health[] HEALTH = Health.values();
  private static final List<ModelName> MODELS = List.of(FAST, DEEP);
  private static final Estimate SOME = new Estimate(new Work(0, 9, 9), 0, 0, 9, 0, 0, 0, 0, 0, 0);

  private Instant now = START;
  private int number;
  private int busy;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void keepsWhatALookAtEachBackendFinds(long seed) {
    Random random = new Random(seed);
    FleetState fleet = new FleetState(plan(random), now);
    for (int step = 0; step < STEPS; step++) {
      now = now.plusMillis(random.nextInt(1_000));
      happen(fleet, random);
      for (ModelName model : MODELS) {
        check(fleet, model, "seed %d, step %d, %s".formatted(seed, step, model));
      }
    }
    assertThat(busy).as("some were busy").isGreaterThan(STEPS / 10);
  }

  private void check(FleetState fleet, ModelName model, String when) {
    List<BackendView> all = fleet.serving(model);
    List<BackendView> open = all.stream().filter(view -> !view.isBusy(model)).toList();
    List<BackendView> up = all.stream().filter(view -> view.health() == Health.UP).toList();
    List<BackendView> fit = ModelBackends.fit(all);
    busy += all.size() - open.size();
    assertThat(fleet.open(model)).as(when).isEqualTo(open);
    assertThat(fleet.likely(model)).as(when).isEqualTo(up.isEmpty() ? all : up);
    assertThat(fleet.eligible(model)).as(when).isEqualTo(fit);
    assertThat(all).as(when).filteredOn(view -> fleet.isEligible(view, model)).isEqualTo(fit);
    assertThat(fleet.nextChange(model, now)).as(when).isEqualTo(nextChange(fleet, all));
  }

  private Optional<Instant> nextChange(FleetState fleet, List<BackendView> all) {
    List<Instant> changes = new ArrayList<>();
    for (BackendView view : all) {
      Optional.ofNullable(view.pausedUntil()).ifPresent(changes::add);
      view.uselessSince().ifPresent(since -> changes.add(since.plus(fleet.patience())));
    }
    return changes.stream().filter(one -> one.isAfter(now)).sorted().findFirst();
  }

  private void happen(FleetState fleet, Random random) {
    List<BackendView> all = List.copyOf(fleet.all());
    BackendView view = all.get(random.nextInt(all.size()));
    int what = random.nextInt(100);
    if (what < 45) {
      fleet.model(MODELS.get(random.nextInt(2))).ifPresent(model -> take(view, model));
    } else if (what < 75) {
      oldest(view).ifPresent(view::release);
    } else if (what < 80) {
      oldest(view).ifPresent(exchange -> view.handBack(exchange, now));
    } else if (what < 99) {
      fleet.heard(status(view, random), now);
    } else {
      fleet.replan(plan(random), now);
    }
  }

  private void take(BackendView view, ModelSpec model) {
    Submission submission = Fixture.submission(number, model.name(), Priority.NORMAL);
    OpenExchange open = new OpenExchange(submission, number++, now, QueueBounds.DEFAULT);
    TakenSlot taken = new TakenSlot(open, SOME, view.cache(model).take(open.chain()), now);
    view.take(open.id(), taken);
  }

  private static Optional<ExchangeId> oldest(BackendView view) {
    return view.taken().stream().map(taken -> taken.exchange().id()).findFirst();
  }

  /** Mostly well, with other slots now and then, and with a model that needs all of it. */
  private static BackendStatus status(BackendView view, Random random) {
    boolean well = random.nextInt(3) > 0;
    Health health = well ? Health.UP : HEALTH[random.nextInt(HEALTH.length)];
    boolean serial = random.nextBoolean();
    return new BackendStatus(
        view.id(),
        health,
        "0.24.0",
        random.nextInt(4),
        random.nextInt(3),
        0,
        0,
        List.of(),
        List.of(new InstalledModel("ollama-fast", "", Set.of(), serial)),
        "");
  }

  private static FleetPlan plan(Random random) {
    List<BackendSpec> backends = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      if (i == 0 || random.nextInt(4) > 0) {
        backends.add(Fixture.backend("b" + i, 1 + random.nextInt(2), 1 + random.nextInt(2)));
      }
    }
    List<ModelSpec> models = new ArrayList<>(List.of(Fixture.model(FAST, names(backends))));
    if (random.nextBoolean()) {
      models.add(
          Fixture.model(DEEP, names(backends.subList(backends.size() / 2, backends.size()))));
    }
    return Fixture.plan(backends, models, Fixture.bounds(9));
  }

  private static String[] names(List<BackendSpec> backends) {
    return backends.stream().map(one -> one.id().value()).toArray(String[]::new);
  }
}
