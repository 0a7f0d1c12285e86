package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.Alias;
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
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.fleet.Waiting;
import com.visiquate.ccproxy.routing.request.Submission;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Small fleets and requests for the tests of this room. */
public final class Fixture {
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  public static final ModelName FAST = new ModelName("fast");
  public static final ModelName DEEP = new ModelName("deep");
  public static final Counts COUNTS = new Counts(100, 0, 50, 0, 1_000_000_000L, 1_000_000_000L);

  private Fixture() {}

  public static Instant at(double seconds) {
    return START.plusMillis((long) (seconds * 1000));
  }

  public static BackendId id(String name) {
    return new BackendId(name);
  }

  public static BackendSpec backend(String name, int slots) {
    return backend(name, slots, 1);
  }

  public static BackendSpec backend(String name, int slots, int residentModels) {
    URI url = URI.create("http://127.0.0.1:11434");
    return new BackendSpec(id(name), url, slots, 1, name, residentModels, GhostRule.AUTO);
  }

  /** One of several that share a machine. */
  static BackendSpec onOneMachine(String name, int slots) {
    URI url = URI.create("http://127.0.0.1:11434");
    return new BackendSpec(id(name), url, slots, 1, "mac", 1, GhostRule.AUTO);
  }

  public static ModelSpec model(ModelName name, String... backends) {
    List<BackendId> on = Stream.of(backends).map(BackendId::new).toList();
    return new ModelSpec(name, "ollama-" + name, 4096, on, false, "30m", Map.of());
  }

  public static FleetPlan plan(
      List<BackendSpec> backends, List<ModelSpec> models, QueueBounds queue) {
    return plan(backends, new Catalogue(models, List.of()), queue, Strategy.LEAST_BUSY);
  }

  public static FleetPlan plan(
      List<BackendSpec> backends, Catalogue catalogue, QueueBounds queue, Strategy strategy) {
    return new FleetPlan(
        backends,
        catalogue,
        new RoutingPolicy(strategy, 0.01, Duration.ZERO),
        queue,
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }

  /** The model {@code fast} on so many equal backends {@code b1}, {@code b2}, …. */
  public static FleetPlan equalBackends(int count, int slots, QueueBounds queue) {
    String[] names =
        Stream.iterate(1, i -> i + 1).limit(count).map(i -> "b" + i).toArray(String[]::new);
    List<BackendSpec> backends = Stream.of(names).map(name -> backend(name, slots)).toList();
    Alias alias = new Alias("gpt-4", FAST, null);
    Alias urgent = new Alias("urgent-*", FAST, Priority.INTERACTIVE);
    Catalogue catalogue = new Catalogue(List.of(model(FAST, names)), List.of(alias, urgent));
    return plan(backends, catalogue, queue, Strategy.LEAST_BUSY);
  }

  /** The same fleet with another strategy. */
  public static FleetPlan with(Strategy strategy, FleetPlan plan) {
    return with(new RoutingPolicy(strategy, 0.01, Duration.ZERO), plan);
  }

  public static FleetPlan with(RoutingPolicy policy, FleetPlan plan) {
    return new FleetPlan(
        plan.backends(),
        plan.catalogue(),
        policy,
        plan.queue(),
        plan.priorities(),
        plan.limits(),
        plan.waiting());
  }

  public static QueueBounds bounds(int length) {
    return new QueueBounds(length, Duration.ofSeconds(300));
  }

  public static ExchangeId exchange(long number) {
    return new ExchangeId("x" + number);
  }

  public static Submission submission(long number) {
    return submission(number, FAST, Priority.NORMAL);
  }

  public static Submission submission(long number, ModelName model, Priority priority) {
    return submission(number, model, priority, at(100_000));
  }

  public static Submission submission(
      long number, ModelName model, Priority priority, Instant deadline) {
    return submission(number, model, priority, deadline, List.of(new Message.User("hello")));
  }

  public static Submission submission(
      long number, ModelName model, Priority priority, Instant deadline, List<Message> messages) {
    ChatRequest request = ChatRequest.of(model.value(), messages);
    ClientId client = new ClientId("tester");
    return new Submission(exchange(number), 0, model, request, priority, client, deadline);
  }

  /** Of another client. */
  static Submission from(String client, long number, List<Message> messages) {
    ChatRequest request = ChatRequest.of(FAST.value(), messages);
    ClientId other = new ClientId(client);
    return new Submission(exchange(number), 0, FAST, request, Priority.NORMAL, other, at(100_000));
  }

  public static BackendStatus status(String backend, Health health, int slots) {
    return new BackendStatus(
        id(backend), health, "0.24.0", slots, 0, 0, 0, List.of(), List.of(), "");
  }

  public static Ended completed(ExchangeId exchange, BackendId backend) {
    return new Ended(exchange, backend, Outcome.COMPLETED, COUNTS, null, false);
  }

  public static Lost lost(ExchangeId exchange, BackendId backend) {
    Failure failure = Failure.of(Failure.Kind.BACKEND_LOST, "The connection broke.");
    return new Lost(exchange, backend, failure, true);
  }
}
