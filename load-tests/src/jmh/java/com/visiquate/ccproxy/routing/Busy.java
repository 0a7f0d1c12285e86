package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
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
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Waiting;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A scheduler all of whose backends run, before which so many requests of 120 clients and 10 roles
 * wait, and the time that goes on with each step.
 */
final class Busy {
  private static final ModelName MODEL = new ModelName("fast");
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration STEP = Duration.ofNanos(100_000);
  private static final Duration NEVER = Duration.ofDays(1_000);
  private static final Counts COUNTS = new Counts(100, 0, 50, 0, 800_000_000L, 1_000_000_000L);
  private static final int CLIENTS = 120;
  private static final List<Message> ROLES =
      IntStream.range(0, 10).mapToObj(Busy::role).map(Message.class::cast).toList();

  private final Scheduler scheduler;
  private final Deque<RoutingEffect.Start> running = new ArrayDeque<>();
  private Instant now = START;
  private int number;

  Busy(int backends, int waiting) {
    FleetPlan plan = plan(backends);
    scheduler = new Scheduler(plan, new Random(7), START);
    for (BackendSpec spec : plan.backends()) {
      scheduler.status(up(spec.id()), START);
    }
    for (int i = 0; i < backends + waiting; i++) {
      note(submit(next()));
    }
  }

  /** Whether somebody wants to know of each step. */
  void listen(boolean somebody) {
    scheduler.chronicle().listen(somebody);
  }

  /** How many steps there were; nobody has them afterwards. */
  int steps() {
    return scheduler.chronicle().take().size();
  }

  Submission next() {
    List<Message> messages =
        List.of(ROLES.get(number % ROLES.size()), new Message.User("Do number " + number));
    ClientId client = new ClientId("client-" + number % CLIENTS);
    ExchangeId exchange = new ExchangeId("x" + number);
    ChatRequest request = ChatRequest.of(MODEL.value(), messages);
    number++;
    return new Submission(exchange, 0, MODEL, request, Priority.NORMAL, client, START.plus(NEVER));
  }

  List<RoutingEffect> submit(Submission submission) {
    now = now.plus(STEP);
    return scheduler.submit(submission, now).effects();
  }

  /** What the one says that has run longest. */
  Ended oldest() {
    RoutingEffect.Start done = running.removeFirst();
    scheduler.started(done.submission().exchange());
    Message.Assistant answer = new Message.Assistant("done", "", List.of());
    return new Ended(
        done.submission().exchange(),
        done.placement().backend(),
        Outcome.COMPLETED,
        COUNTS,
        answer,
        false);
  }

  List<RoutingEffect> finish(Ended report) {
    now = now.plus(STEP);
    return scheduler.finished(report, now);
  }

  void note(List<RoutingEffect> effects) {
    for (RoutingEffect effect : effects) {
      if (effect instanceof RoutingEffect.Start start) {
        running.add(start);
      }
    }
  }

  private static Message.Instruction role(int number) {
    return new Message.Instruction("You are number %d. ".formatted(number).repeat(20));
  }

  private static FleetPlan plan(int count) {
    List<BackendSpec> backends = IntStream.range(0, count).mapToObj(Busy::backend).toList();
    ModelSpec model =
        new ModelSpec(
            MODEL,
            "ollama-fast",
            4096,
            backends.stream().map(BackendSpec::id).toList(),
            false,
            "30m",
            Map.of());
    return new FleetPlan(
        backends,
        new Catalogue(List.of(model), List.of()),
        RoutingPolicy.DEFAULT,
        new QueueBounds(1_000_000, NEVER),
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }

  private static BackendSpec backend(int number) {
    URI url = URI.create("http://127.0.0.1:11434");
    String host = "host-" + number;
    return new BackendSpec(new BackendId("b" + number), url, 1, 1, host, 1, GhostRule.AUTO);
  }

  private static BackendStatus up(BackendId id) {
    return new BackendStatus(
        id,
        Health.UP,
        "0.24.0",
        1,
        0,
        0,
        0,
        List.of(LoadedModel.named("ollama-fast")),
        List.of(),
        "");
  }
}
