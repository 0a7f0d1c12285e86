package com.visiquate.ccproxy.routing;

import static java.util.Objects.requireNonNull;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.Fact.PrefixSeen;
import com.visiquate.ccproxy.bus.ScheduleStep;
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
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelCard;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** A swarm of agents, a few simulated Ollamas, and the real scheduler between them. */
final class Swarm {
  private static final double TOOL_SECONDS = 5;
  private static final double LOAD_SECONDS = 10;
  private static final Instant START = Fixture.START;

  private final SwarmSetting setting;
  private final SwarmCourse course;
  private final long seed;
  private final Random random;
  private final SwarmPieces pieces;
  private final Scheduler scheduler;
  private final List<SwarmMachine> machines = new ArrayList<>();
  private final Map<BackendId, SwarmServer> servers = new HashMap<>();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::number));
  private final Map<ExchangeId, SwarmAgent> asking = new HashMap<>();
  private final Map<ExchangeId, Double> asked = new HashMap<>();
  private final List<Double> firstTokens = new ArrayList<>();
  private final List<Double> agentTimes = new ArrayList<>();
  private final Set<Integer> rolesUsed = new HashSet<>();
  private double now;
  private double longestWait;
  private double idealSeconds;
  private long cachedTokens;
  private long promptTokens;
  private final SwarmError error = new SwarmError();
  private int corrections;
  private long numbers;
  private long alarms;

  private record Event(double at, long number, Runnable what) {}

  private Swarm(SwarmSetting setting, long seed, SwarmCourse course) {
    this.setting = setting;
    this.course = course;
    this.seed = seed;
    this.random = new Random(seed);
    this.pieces = new SwarmPieces(random);
    for (int i = 0; i < setting.machines(); i++) {
      machines.add(new SwarmMachine());
    }
    FleetPlan plan = plan(setting);
    this.scheduler = new Scheduler(plan, setting.tuning(), random, START);
    for (BackendSpec spec : plan.backends()) {
      servers.put(spec.id(), new SwarmServer(setting));
      apply(scheduler.status(status(spec, setting), START));
    }
    scheduler.chronicle().listen(course.listener() != null);
  }

  static SwarmResult run(SwarmSetting setting, long seed) {
    return run(setting, seed, SwarmCourse.USUAL);
  }

  static SwarmResult run(SwarmSetting setting, long seed, SwarmCourse course) {
    return new Swarm(setting, seed, course).run();
  }

  private SwarmResult run() {
    for (int i = 0; i < setting.agents(); i++) {
      ModelName model = model(i % setting.models());
      boolean urgent = random.nextDouble() < setting.interactive();
      Priority priority = urgent ? Priority.INTERACTIVE : Priority.NORMAL;
      Random own = course.random(random, seed, i);
      SwarmAgent agent = new SwarmAgent(i, model, priority, pieces, own, setting.returning());
      at(random.nextDouble() * 10, () -> ask(agent));
    }
    while (agentTimes.size() < setting.agents()) {
      step();
    }
    return result();
  }

  private void step() {
    SwarmMachine machine =
        machines.stream().min(Comparator.comparingDouble(SwarmMachine::next)).orElseThrow();
    Event event = events.peek();
    if (event != null && event.at() <= machine.next()) {
      now = event.at();
      events.remove().what().run();
    } else {
      now = machine.next();
      reached(machine.reach());
    }
  }

  private void reached(SwarmJob job) {
    ExchangeId exchange = job.start.submission().exchange();
    switch (job.phase()) {
      case LOADING, PROMPT -> {}
      case ANSWER -> {
        firstTokens.add(now - requireNonNull(asked.get(exchange)));
        apply(scheduler.firstToken(new FirstToken(exchange, job.backend()), instant()));
      }
      case DONE -> finish(job, exchange);
    }
  }

  private void finish(SwarmJob job, ExchangeId exchange) {
    SwarmAgent agent = requireNonNull(asking.remove(exchange));
    SwarmPrompt.Piece answer = agent.answer();
    job.slot.free(job.prompt.with(answer));
    Counts counts =
        new Counts(
            job.prompt.tokens(),
            0,
            answer.tokens(),
            0,
            (long) (1e9 * job.promptSeconds),
            (long) (1e9 * job.slowness * answer.tokens() / 50));
    if (agent.goOn(answer)) {
      at(now + TOOL_SECONDS, () -> ask(agent));
    } else {
      agentTimes.add(now);
    }
    Message.Assistant said = (Message.Assistant) answer.message();
    apply(
        scheduler.finished(
            new Ended(exchange, job.backend(), Outcome.COMPLETED, counts, said, false), instant()));
  }

  private void ask(SwarmAgent agent) {
    ExchangeId exchange = Fixture.exchange(numbers);
    asking.put(exchange, agent);
    asked.put(exchange, now);
    ChatRequest request = ChatRequest.of(agent.model.value(), agent.prompt().messages());
    Submission submission =
        new Submission(
            exchange,
            0,
            agent.model,
            request,
            agent.priority,
            new ClientId("agent-" + agent.number),
            START.plus(Duration.ofDays(100)));
    numbers++;
    note(agent);
    apply(scheduler.submit(submission, instant()).effects());
  }

  /** What it must cost at least: new text once, each role once, and the answer. */
  private void note(SwarmAgent agent) {
    List<SwarmPrompt.Piece> parts = agent.prompt().pieces();
    int fresh = parts.getLast().tokens();
    SwarmPrompt.Piece role = parts.getFirst();
    fresh +=
        rolesUsed.add(role.number() * 10 + agent.number % setting.models()) ? role.tokens() : 0;
    idealSeconds += fresh / setting.promptRate() + agent.answerTokens() / bestOutput();
  }

  private void apply(List<RoutingEffect> effects) {
    for (RoutingEffect effect : effects) {
      switch (effect) {
        case RoutingEffect.Start start -> start(start);
        case RoutingEffect.WakeAt wake -> wakeAt(wake.instant());
        case RoutingEffect.Refuse refuse -> throw new IllegalStateException(refuse.toString());
        case RoutingEffect.Note(PrefixSeen seen) -> error.add(seen);
        case RoutingEffect.Correct correct -> corrections++;
        case RoutingEffect.Fail fail -> throw new IllegalStateException(fail.toString());
        default -> {}
      }
    }
    Consumer<ScheduleStep> listener = course.listener();
    if (listener != null) {
      scheduler.chronicle().take().forEach(listener);
    }
  }

  /** Each replaces the one before. */
  private void wakeAt(Instant instant) {
    long alarm = ++alarms;
    Runnable ring = () -> apply(alarm == alarms ? scheduler.tick(instant()) : List.of());
    at(Math.max(now, Duration.between(START, instant).toNanos() / 1e9), ring);
  }

  private void start(RoutingEffect.Start start) {
    ExchangeId exchange = start.submission().exchange();
    SwarmAgent agent = requireNonNull(asking.get(exchange));
    SwarmServer server = requireNonNull(servers.get(start.placement().backend()));
    double load = server.load(start.model()) ? LOAD_SECONDS : 0;
    SwarmCache.Slot slot = server.cache().choose(agent.prompt());
    int cached = server.cache().take(slot, agent.prompt());
    cachedTokens += cached;
    promptTokens += agent.prompt().tokens();
    longestWait = Math.max(longestWait, now - requireNonNull(asked.get(exchange)));
    machine(start.placement().backend())
        .add(
            new SwarmJob(
                agent,
                start,
                slot,
                cached,
                load,
                setting.promptRate(),
                course.slowness().applyAsDouble(now)),
            now);
    scheduler.started(exchange);
  }

  private SwarmResult result() {
    List<Double> sorted = firstTokens.stream().sorted().toList();
    return new SwarmResult(
        now,
        idealSeconds / setting.machines(),
        sorted.get(sorted.size() / 2),
        sorted.get(sorted.size() * 95 / 100),
        longestWait,
        agentTimes.stream().mapToDouble(Double::doubleValue).average().orElseThrow(),
        (double) cachedTokens / promptTokens,
        error.first(),
        error.last(),
        corrections);
  }

  /** Tokens a second when all slots of a machine answer. */
  private double bestOutput() {
    double slots = (double) setting.ollamas() / setting.machines() * setting.slots();
    return SwarmMachine.OUTPUT_RATE * Math.sqrt(slots);
  }

  private void at(double when, Runnable what) {
    events.add(new Event(when, numbers++, what));
  }

  private Instant instant() {
    return START.plusNanos((long) Math.ceil(now * 1e9));
  }

  private SwarmMachine machine(BackendId backend) {
    return machines.get(Integer.parseInt(backend.value().substring(1)) % machines.size());
  }

  private static ModelName model(int number) {
    return new ModelName("m" + number);
  }

  static BackendStatus status(BackendSpec spec, SwarmSetting setting) {
    return new BackendStatus(
        spec.id(),
        Health.UP,
        setting.ollama().version(),
        setting.slots(),
        0,
        0,
        0,
        List.of(LoadedModel.named("ollama-m0")),
        IntStream.range(0, setting.models()).mapToObj(Swarm::installed).toList(),
        "");
  }

  private static InstalledModel installed(int number) {
    ModelCard card = ModelCard.UNKNOWN.described("", SwarmOllama.SEVEN_BILLION);
    return new InstalledModel("ollama-m" + number, "d" + number, Set.of()).with(card);
  }

  static FleetPlan plan(SwarmSetting setting) {
    List<BackendSpec> backends =
        IntStream.range(0, setting.ollamas()).mapToObj(i -> backend(i, setting)).toList();
    String[] names = backends.stream().map(spec -> spec.id().value()).toArray(String[]::new);
    List<ModelSpec> models =
        IntStream.range(0, setting.models()).mapToObj(i -> Fixture.model(model(i), names)).toList();
    return new FleetPlan(
        backends,
        new Catalogue(models, List.of()),
        new RoutingPolicy(setting.strategy(), setting.patience(), setting.residency()),
        new QueueBounds(100_000, Duration.ofDays(50)),
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }

  private static BackendSpec backend(int number, SwarmSetting setting) {
    URI url = URI.create("http://127.0.0.1:11434");
    String host = "h" + number % setting.machines();
    BackendId id = new BackendId("b" + number);
    return new BackendSpec(
        id, url, setting.slots(), 1, host, 1, GhostRule.AUTO, setting.ollama().configured());
  }
}
