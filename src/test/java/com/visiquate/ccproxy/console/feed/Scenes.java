package com.visiquate.ccproxy.console.feed;

import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.OperatorMessage.Totals;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import com.visiquate.ccproxy.fleet.QueueReport.Progress;
import com.visiquate.ccproxy.fleet.QueueReport.Taken;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Waiting;
import com.visiquate.ccproxy.fleet.Withheld;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What a gateway with the model {@code m} on some backends may look like at some moment. */
final class Scenes {
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  static final ModelName M = new ModelName("m");

  private final List<BackendSpec> specs = new ArrayList<>();
  private final Map<BackendId, BackendStatus> statuses = new HashMap<>();
  private final Map<BackendId, List<Taken>> taken = new HashMap<>();
  private final Map<BackendId, List<QueueReport.Held>> held = new HashMap<>();
  private final List<QueueReport.Waiting> waiting = new ArrayList<>();
  private final Map<ExchangeId, Integer> spoken = new HashMap<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final int slots;
  private Instant at = START;

  /** So many backends, b0, b1, …, which are up and have the model in memory. */
  Scenes(int backends, int slots) {
    this.slots = slots;
    IntStream.range(0, backends).forEach(i -> backend("b" + i));
  }

  private void backend(String name) {
    BackendId id = new BackendId(name);
    URI url = URI.create("http://127.0.0.1:11434");
    specs.add(new BackendSpec(id, url, slots, 1, "mac", 1, GhostRule.AUTO));
    is(name, Health.UP, null);
  }

  Scenes at(double seconds) {
    at = START.plusMillis((long) (1_000 * seconds));
    return this;
  }

  Scenes is(String backend, Health health, @Nullable Withheld withheld) {
    BackendId id = new BackendId(backend);
    List<LoadedModel> loaded = List.of(new LoadedModel("m:latest", 5_000, 4_000, 4096, ""));
    String reason = health == Health.UP ? "" : "no answer to a probe";
    statuses.put(
        id,
        new BackendStatus(
            id, health, "0.24.0", slots, 0, 0, 0, loaded, List.of(), reason, withheld));
    return this;
  }

  /** Nothing is in its memory. */
  Scenes isCold(String backend) {
    BackendId id = new BackendId(backend);
    statuses.put(
        id, new BackendStatus(id, Health.UP, "0.24.0", slots, 0, 0, 0, List.of(), List.of(), ""));
    return this;
  }

  Scenes runs(String backend, String exchange, Phase phase, double since) {
    return runs(backend, request(exchange, M), phase, since, 20);
  }

  Scenes runs(
      String backend, QueueReport.Request request, Phase phase, double since, double until) {
    Duration spoke = phase == Phase.ANSWER ? ago(since + 1) : null;
    Duration left = Duration.between(at, START.plusMillis((long) (1_000 * until)));
    Progress progress = new Progress(-1, 1_000, 250, left.dividedBy(2), spoke);
    taken
        .computeIfAbsent(new BackendId(backend), id -> new ArrayList<>())
        .add(new Taken(request, phase, ago(since), left, progress));
    return this;
  }

  Scenes holds(String backend, String client, double until) {
    Instant end = START.plusMillis((long) (1_000 * until));
    held.computeIfAbsent(new BackendId(backend), id -> new ArrayList<>())
        .add(new QueueReport.Held(M, new ClientId(client), end));
    return this;
  }

  Scenes waits(String exchange, double since, long rank, double start) {
    Duration estimate = Duration.between(at, START.plusMillis((long) (1_000 * start)));
    waiting.add(
        new QueueReport.Waiting(
            request(exchange, M), waiting.size() + 1, ago(since), estimate, rank));
    return this;
  }

  Scenes said(String exchange, int tokens) {
    spoken.put(new ExchangeId(exchange), tokens);
    return this;
  }

  Scenes alerts(Alert alert) {
    alerts.add(alert);
    return this;
  }

  static QueueReport.Request request(String exchange, ModelName model) {
    return new QueueReport.Request(
        new ExchangeId(exchange), model, Priority.NORMAL, new ClientId("agent"), "talk");
  }

  private Duration ago(double since) {
    return Duration.between(START.plusMillis((long) (1_000 * since)), at);
  }

  Picture picture() {
    QueueReport.Model model =
        new QueueReport.Model(M, Map.of(Priority.NORMAL, waiting.size()), Duration.ZERO, waiting);
    List<QueueReport.Backend> backends = specs.stream().map(spec -> backend(spec.id())).toList();
    Totals totals = new Totals(Map.of(Outcome.COMPLETED, 7L), Map.of(), Map.of());
    QueueReport report = new QueueReport(at, List.of(model), backends);
    return new Picture(report, plan(), statuses, alerts, spoken, totals, 64_000);
  }

  private QueueReport.Backend backend(BackendId id) {
    return new QueueReport.Backend(
        id,
        "mac",
        Objects.requireNonNull(statuses.get(id)).health(),
        slots,
        taken.getOrDefault(id, List.of()),
        held.getOrDefault(id, List.of()));
  }

  private FleetPlan plan() {
    List<BackendId> ids = specs.stream().map(BackendSpec::id).toList();
    List<ModelSpec> models =
        ids.isEmpty()
            ? List.of()
            : List.of(new ModelSpec(M, "m", 4096, ids, false, "30m", Map.of()));
    return new FleetPlan(
        specs,
        new Catalogue(models, List.of()),
        RoutingPolicy.DEFAULT,
        QueueBounds.DEFAULT,
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }
}
