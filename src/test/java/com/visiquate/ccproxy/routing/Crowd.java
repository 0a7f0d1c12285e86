package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static com.visiquate.ccproxy.routing.Fixture.START;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.routing.estimate.Rate;
import com.visiquate.ccproxy.routing.estimate.Tuning;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * More requests than the backends can serve, for minutes, in virtual time: a first cohort that asks
 * once, before anything is loaded or learnt, beside clients that ask again and again. What is
 * believed of the speed at first is wrong; models are unloaded, backends vanish and come back, and
 * speeds drift. Owns the time, and says who was overtaken for longer than his work is worth.
 */
final class Crowd {
  static final double PATIENCE = 0.01;

  /** Of its own work, by which the order may be off: speeds drift, and are learnt with a lag. */
  private static final double SLACK = 0.5;

  private static final double PROMPT = 0.002;
  private static final double OUTPUT = 0.01;
  private static final double LOAD = 8;
  private static final int CHARACTERS = 4;

  private final Random random;
  private final boolean troubled;
  private final Scheduler scheduler;
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(Comparator.comparingDouble(Event::at).thenComparingLong(Event::number));
  private final Map<ExchangeId, Ask> waiting = new LinkedHashMap<>();
  private final Map<ExchangeId, Job> running = new LinkedHashMap<>();
  private final Map<BackendId, Server> servers = new HashMap<>();
  private final List<Ask> cohort = new ArrayList<>();
  private double now;
  private long numbers;
  private long alarms;
  private int started;
  private double worst;

  private record Event(double at, long number, Runnable what) {}

  /** A request, and the seconds that it really takes at the usual speed. */
  private record Ask(String client, Submission submission, int tokens, int output, double since) {
    double seconds() {
      return tokens * PROMPT + output * OUTPUT;
    }
  }

  private record Job(Ask ask, BackendId backend) {}

  private static final class Server {
    double slowness = 1;
    boolean loaded;
    boolean up = true;
    int life;
  }

  /**
   * A world.
   *
   * @param wrong so many times slower than they are the backends are believed to be at first
   * @param troubled whether models are unloaded, backends vanish, and speeds drift
   */
  Crowd(long seed, double wrong, boolean troubled) {
    this.random = new Random(seed);
    this.troubled = troubled;
    int backends = 1 + random.nextInt(3);
    Rate prior =
        new Rate(1e9 * PROMPT * wrong, 1e9 * OUTPUT * wrong, 1e9 * LOAD * wrong, 40, 0.25, 0, 0, 0);
    this.scheduler =
        new Scheduler(
            Fixture.equalBackends(backends, 1 + random.nextInt(2), Fixture.bounds(10_000)),
            new Tuning(true, true, true, 1, 1, 0, prior),
            random,
            START);
    for (int i = 1; i <= backends; i++) {
      servers.put(Fixture.id("b" + i), new Server());
      tell(Fixture.id("b" + i));
    }
  }

  /** The longest that anybody was overtaken, in times of what is allowed. */
  double worst() {
    return worst;
  }

  int started() {
    return started;
  }

  /** How many of the first cohort still wait. */
  long left() {
    return cohort.stream().filter(waiting::containsValue).count();
  }

  Crowd run(int clients, int seconds) {
    for (int i = 0; i < clients; i++) {
      String client = "client-" + i;
      boolean once = i < clients / 3;
      at(i * 0.001, () -> ask(client, once));
    }
    if (troubled) {
      at(20, this::trouble);
    }
    while (now < seconds) {
      Event event = events.remove();
      now = event.at();
      event.what().run();
      placesAgree();
    }
    return this;
  }

  private void ask(String client, boolean once) {
    ExchangeId exchange = Fixture.exchange(numbers);
    int tokens = 100 + random.nextInt(3) * 100;
    int length = CHARACTERS * tokens;
    String text = ("%d ".formatted(numbers) + "x".repeat(length)).substring(0, length);
    ChatRequest request = ChatRequest.of("fast", List.of(new Message.User(text)));
    Instant deadline = START.plus(Duration.ofDays(1));
    Submission submission =
        new Submission(exchange, 0, FAST, request, Priority.NORMAL, new ClientId(client), deadline);
    Ask ask = new Ask(client, submission, tokens, 20 + random.nextInt(40), now);
    numbers++;
    waiting.put(exchange, ask);
    if (once) {
      cohort.add(ask);
    }
    apply(scheduler.submit(submission, instant()).effects());
  }

  private void apply(List<RoutingEffect> effects) {
    for (RoutingEffect effect : effects) {
      switch (effect) {
        case RoutingEffect.Start start -> start(start);
        case RoutingEffect.WakeAt wake -> wakeAt(wake.instant());
        case RoutingEffect.Refuse refuse -> throw new IllegalStateException(refuse.toString());
        case RoutingEffect.Fail fail ->
            again(requireNonNull(waiting.remove(id(fail.submission()))));
        default -> {}
      }
    }
  }

  private void start(RoutingEffect.Start start) {
    Ask ask = requireNonNull(waiting.remove(id(start.submission())));
    BackendId backend = start.placement().backend();
    started++;
    waiting.values().forEach(other -> worst = Math.max(worst, overtaken(other, ask)));
    Server server = requireNonNull(servers.get(backend));
    running.put(id(start.submission()), new Job(ask, backend));
    double load = server.loaded ? 0 : LOAD;
    server.loaded = true;
    double prompt = ask.tokens() * PROMPT * server.slowness;
    double output = ask.output() * OUTPUT * server.slowness;
    int life = server.life;
    ExchangeId exchange = id(start.submission());
    scheduler.started(exchange);
    at(now + load + prompt, () -> spoke(exchange, server, life));
    Counts counts =
        new Counts(ask.tokens(), 0, ask.output(), nanos(load), nanos(prompt), nanos(output));
    at(now + load + prompt + output, () -> finish(exchange, server, life, counts));
  }

  /** For how long that one was overtaken by this one, in times of what its work is worth. */
  private static double overtaken(Ask other, Ask starting) {
    double longer = Math.max(0, other.seconds() - starting.seconds());
    double allowed = ((1 + SLACK) * longer + SLACK * other.seconds()) / PATIENCE;
    return (starting.since() - other.since()) / allowed;
  }

  private void spoke(ExchangeId exchange, Server server, int life) {
    if (server.life == life) {
      BackendId backend = requireNonNull(running.get(exchange)).backend();
      apply(scheduler.firstToken(new FirstToken(exchange, backend), instant()));
    }
  }

  private void finish(ExchangeId exchange, Server server, int life, Counts counts) {
    if (server.life == life) {
      Job job = requireNonNull(running.remove(exchange));
      again(job.ask());
      Message.Assistant answer = new Message.Assistant("yes " + numbers++, "", List.of());
      apply(
          scheduler.finished(
              new Ended(exchange, job.backend(), Outcome.COMPLETED, counts, answer, false),
              instant()));
    }
  }

  private void again(Ask ask) {
    if (!cohort.contains(ask)) {
      at(now + random.nextDouble() * 0.1, () -> ask(ask.client(), false));
    }
  }

  /** Something that happens to one backend, now and then. */
  private void trouble() {
    List<BackendId> ids =
        servers.keySet().stream().sorted(Comparator.comparing(BackendId::value)).toList();
    BackendId id = ids.get(random.nextInt(ids.size()));
    Server server = requireNonNull(servers.get(id));
    switch (random.nextInt(3)) {
      case 0 ->
          server.slowness =
              Math.clamp(server.slowness * Math.exp(random.nextGaussian() / 4), 0.7, 1.4);
      case 1 -> unload(id, server);
      default -> vanish(id, server);
    }
    at(now + 5 + random.nextInt(10), this::trouble);
  }

  private void unload(BackendId id, Server server) {
    if (running.values().stream().noneMatch(job -> job.backend().equals(id))) {
      server.loaded = false;
    }
    tell(id);
  }

  private void vanish(BackendId id, Server server) {
    server.life++;
    server.up = false;
    server.loaded = false;
    List<ExchangeId> lost =
        running.entrySet().stream()
            .filter(one -> one.getValue().backend().equals(id))
            .map(Map.Entry::getKey)
            .toList();
    tell(id);
    for (ExchangeId exchange : lost) {
      Ask ask = requireNonNull(running.remove(exchange)).ask();
      waiting.put(exchange, ask);
      Failure failure = Failure.of(Failure.Kind.BACKEND_LOST, "It is gone.");
      apply(scheduler.lost(new Lost(exchange, id, failure, true), instant()));
    }
    at(now + 2 + random.nextInt(6), () -> comeBack(id, server));
  }

  private void comeBack(BackendId id, Server server) {
    server.up = true;
    tell(id);
  }

  private void tell(BackendId id) {
    Server server = requireNonNull(servers.get(id));
    List<LoadedModel> loaded =
        server.loaded ? List.of(LoadedModel.named("ollama-fast")) : List.of();
    Health health = server.up ? Health.UP : Health.DOWN;
    apply(
        scheduler.status(
            new BackendStatus(id, health, "0.24.0", 0, 0, 0, 0, loaded, List.of(), ""), instant()));
  }

  /** Who stands before another one is not expected to start later. */
  private void placesAgree() {
    for (QueueReport.Model model : scheduler.report(100, instant()).models()) {
      Duration before = Duration.ZERO;
      int place = 0;
      for (QueueReport.Waiting one : model.front()) {
        assertThat(one.place()).isEqualTo(++place);
        assertThat(one.estimate()).isGreaterThanOrEqualTo(before);
        before = one.estimate();
      }
    }
  }

  private void wakeAt(Instant instant) {
    long alarm = ++alarms;
    Runnable ring = () -> apply(alarm == alarms ? scheduler.tick(instant()) : List.of());
    at(Math.max(now, Duration.between(START, instant).toNanos() / 1e9), ring);
  }

  private void at(double when, Runnable what) {
    events.add(new Event(when, numbers++, what));
  }

  private Instant instant() {
    return START.plusNanos((long) Math.ceil(now * 1e9));
  }

  private static long nanos(double seconds) {
    return (long) (1e9 * seconds);
  }

  private static ExchangeId id(Submission submission) {
    return submission.exchange();
  }
}
