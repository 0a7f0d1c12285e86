package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Decision.Rule;
import com.visiquate.ccproxy.bus.Decision.Terms;
import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.bus.ScheduleStep;
import com.visiquate.ccproxy.bus.ScheduleStep.Placed;
import com.visiquate.ccproxy.bus.ScheduleStep.Queued;
import com.visiquate.ccproxy.bus.ScheduleStep.Shape;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotEnded;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotKept;
import com.visiquate.ccproxy.bus.ScheduleStep.Spoke;
import com.visiquate.ccproxy.bus.ScheduleStep.Subject;
import com.visiquate.ccproxy.chat.Counts;
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
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Steps of requests of 120 agents in conversations of seven turns, one after the other. */
final class Past {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final ModelName MODEL = new ModelName("fast");
  private static final int BACKENDS = 4;
  private static final int AGENTS = 120;
  private static final int TURNS = 7;
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
  private static final Terms TERMS =
      new Terms(0, 1_200_000_000L, 0, 4_800_000_000L, 300_000_000, 0, 3_300_000_000L, 1.5e8, 7e7);

  private final Random random;
  private final Talk[] talks = new Talk[AGENTS];
  private double now;
  private int number;

  /** What one agent is at. */
  private static final class Talk {
    private int number;
    private int turn = TURNS;
    private long last;
    private int prompt;
    private int answer;
  }

  Past(long seed) {
    random = new Random(seed);
  }

  long first() {
    return START.toEpochMilli();
  }

  long now() {
    return instant().toEpochMilli();
  }

  Instant instant() {
    return at(0);
  }

  /** The next request, so many seconds after the one before it. */
  void next(double gap, Consumer<ScheduleStep> steps) {
    now += gap;
    int agent = number % AGENTS;
    Talk talk = talks[agent] == null ? new Talk() : talks[agent];
    talks[agent] = talk;
    Shape shape = next(talk);
    int cached = talk.turn == 1 ? 8_000 : talk.prompt - 800;
    ExchangeId id = new ExchangeId(id());
    Subject subject = subject(agent, talk, shape);
    BackendId backend = new BackendId("b" + number % BACKENDS);
    Decision decision =
        new Decision(
            Rule.LEAST_COST,
            new Weighed(id, backend, TERMS),
            new Weighed(new ExchangeId(id()), backend, TERMS));
    talk.answer = 40 + random.nextInt(360);
    double prompt = (talk.prompt - cached) / 1_000.0;
    double output = talk.answer / 100.0;
    steps.accept(new Queued(id, at(0), subject));
    steps.accept(
        new Placed(
            id,
            at(0.2),
            subject,
            backend,
            0,
            1,
            Duration.ofMillis(200),
            talk.prompt,
            cached,
            decision));
    steps.accept(new Spoke(id, at(0.2 + prompt), backend));
    Counts counts =
        new Counts(
            talk.prompt, cached, talk.answer, 0, (long) (1e9 * prompt), (long) (1e9 * output));
    Instant end = at(0.2 + prompt + output);
    steps.accept(new SlotEnded(id, end, backend, Outcome.COMPLETED, counts, true, false));
    steps.accept(new SlotKept(id, end, backend, end.plusSeconds(5)));
    number++;
  }

  private Shape next(Talk talk) {
    boolean begins = talk.turn == TURNS;
    talk.turn = begins ? 1 : talk.turn + 1;
    talk.number = begins ? number : talk.number;
    long before = begins ? 0 : talk.last;
    talk.last = random.nextLong();
    talk.prompt = begins ? 9_000 : talk.prompt + talk.answer + 600;
    return new Shape(4 * talk.prompt, talk.number % 10, 32_000, talk.last, before);
  }

  private static Subject subject(int agent, Talk talk, Shape shape, Instant born) {
    return new Subject(
        MODEL,
        "gpt-4",
        Operation.CHAT,
        new ClientId("agent-" + agent),
        "key-0f3a91c2d7be~%08x".formatted(talk.number),
        Priority.NORMAL,
        born,
        shape);
  }

  private Subject subject(int agent, Talk talk, Shape shape) {
    return subject(agent, talk, shape, at(0));
  }

  private Instant at(double later) {
    return START.plusNanos((long) (1e9 * (now + later)));
  }

  private String id() {
    StringBuilder id = new StringBuilder(24);
    long bits = random.nextLong();
    for (int i = 0; i < 24; i++) {
      bits = i == 12 ? random.nextLong() : bits;
      id.append(ALPHABET.charAt((int) (bits & 31)));
      bits >>>= 5;
    }
    return id.toString();
  }

  FleetPlan plan() {
    List<BackendSpec> backends = IntStream.range(0, BACKENDS).mapToObj(Past::backend).toList();
    List<BackendId> on = backends.stream().map(BackendSpec::id).toList();
    ModelSpec model = new ModelSpec(MODEL, "ollama-fast", 65_536, on, false, "30m", Map.of());
    return new FleetPlan(
        backends,
        new Catalogue(List.of(model), List.of()),
        RoutingPolicy.DEFAULT,
        new QueueBounds(100_000, Duration.ofDays(10)),
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }

  Map<BackendId, BackendStatus> statuses() {
    Map<BackendId, BackendStatus> statuses = new HashMap<>();
    for (BackendSpec spec : plan().backends()) {
      List<LoadedModel> loaded = List.of(LoadedModel.named("ollama-fast"));
      statuses.put(
          spec.id(),
          new BackendStatus(spec.id(), Health.UP, "0.33.1", 1, 0, 0, 0, loaded, List.of(), ""));
    }
    return statuses;
  }

  private static BackendSpec backend(int number) {
    URI url = URI.create("http://127.0.0.1:11434");
    BackendId id = new BackendId("b" + number);
    return new BackendSpec(id, url, 1, 1, "host-" + number, 1, GhostRule.AUTO);
  }
}
