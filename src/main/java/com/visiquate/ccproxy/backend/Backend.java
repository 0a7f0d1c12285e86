package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.exchange.RunEffect;
import com.visiquate.ccproxy.bus.AboutExchange;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.OperatorMessage;
import com.visiquate.ccproxy.bus.RearmableTimer;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.ollama.client.OllamaClient;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Ollama: who runs there, and everything that is known of it. */
final class Backend implements Owner {
  private final Vertx vertx;
  private final Clock clock;
  private final Reports reports;
  private final StatusPublisher news;
  private final Standing standing;
  private final Monitor monitor;
  private final Management management;
  private final TimerPool alarms;
  private final SlotTimes times;
  private final Map<ExchangeId, Run> runs = new LinkedHashMap<>();
  private final Promise<Void> idle = Promise.promise();
  private OllamaClient client;
  private boolean retired;

  Backend(Vertx vertx, Clock clock, Reports reports, BackendSpec spec, Limits limits) {
    this.vertx = vertx;
    this.clock = clock;
    this.reports = reports;
    news = new StatusPublisher(vertx, this::publish);
    times = new SlotTimes(clock, reports);
    alarms = new TimerPool(() -> new RearmableTimer(vertx));
    client = OllamaClient.open(vertx, spec.url(), limits.connect());
    standing = new Standing(spec, limits, clock, this::changed);
    monitor = new Monitor(vertx, standing, () -> client, this::isLoading, Math::random);
    Loads loads = new Loads(standing, () -> client, clock);
    management = new Management(standing, loads, monitor, new RearmableTimer(vertx), this::settled);
  }

  Management management() {
    return management;
  }

  void begin() {
    changed();
    monitor.start();
  }

  /** Starts it, or says why there is no room; never queues. */
  void order(BusMessage.Order order) {
    switch (order) {
      case BusMessage.Start start -> start(start);
      case BusMessage.TakeOver(var start, var from) -> takeOver(start, from);
    }
  }

  private void takeOver(BusMessage.Start start, ExchangeId from) {
    Run run = runs.get(from);
    if (run == null || !run.takeOver(start)) {
      reports.noRoom(start.exchange(), "what it asks for runs no more");
      return;
    }
    reports.started(start.exchange());
    runs.remove(from);
    runs.put(start.exchange(), run);
    standing.slots().takeOver(from, start.exchange());
    times.passed(from, start.exchange(), run.model().name());
    changed();
  }

  private void start(BusMessage.Start start) {
    Optional<String> obstacle = standing.obstacle().or(() -> standing.take(start));
    if (obstacle.isPresent()) {
      reports.noRoom(start.exchange(), obstacle.get());
      return;
    }
    // First of all: whoever ordered it must hear that it started before anything else of it.
    reports.started(start.exchange());
    standing.residency().began(start.model(), clock.instant());
    times.taken(start.exchange());
    Run run = new Run(start, standing, this, alarms, vertx, clock);
    runs.put(start.exchange(), run);
    changed();
    run.open(client);
  }

  BusMessage.Found inquire(BusMessage.Inquiry inquiry) {
    return new BusMessage.Found(runs.containsKey(inquiry.exchange()));
  }

  void control(BusMessage.Control control) {
    switch (control) {
      case BusMessage.Credit(var exchange, var messages) ->
          find(exchange).ifPresent(run -> run.credit(messages));
      case BusMessage.Stop(var exchange, var why) -> find(exchange).ifPresent(run -> run.stop(why));
      case BusMessage.Expected(var waiting) -> standing.expect(waiting);
      case BusMessage.Haunted() -> standing.haunted();
    }
  }

  OperatorMessage.Spoken look() {
    Map<ExchangeId, Integer> tokens = new HashMap<>();
    runs.forEach((id, run) -> tokens.put(id, run.exchange().pieces()));
    return new OperatorMessage.Spoken(tokens);
  }

  /** A bug broke off what this message began: its exchange ends, everything else goes on. */
  void mend(BusMessage message) {
    if (!(message instanceof AboutExchange about)) {
      return;
    }
    ExchangeId exchange = about.exchange();
    Run run = runs.get(exchange);
    if (run != null) {
      run.crash();
    } else if (message instanceof BusMessage.Order) {
      standing.slots().free(exchange);
      reports.crashed(exchange);
      settled();
    }
  }

  void replan(BackendSpec spec, Limits limits) {
    client = client.at(spec.url(), limits.connect());
    standing.replan(spec, limits);
    monitor.hurry();
  }

  /** Takes nothing new; what runs goes on. */
  void close(String reason) {
    standing.doors().close(reason);
  }

  /** Takes nothing new; completes when nothing runs any more. */
  Future<Void> retire(String reason) {
    retired = true;
    close(reason);
    settled();
    return idle.future();
  }

  /** Ends what runs, and tells everybody. */
  void endRuns() {
    List.copyOf(runs.values()).forEach(run -> run.shutDown(Failure.shuttingDown()));
  }

  /** Ends everything; ending twice is harmless. */
  Future<Void> end() {
    standing.doors().close("the gateway is shutting down");
    endRuns();
    management.end();
    monitor.end();
    news.end();
    return client.close();
  }

  @Override
  public void told(Run run, RunEffect.Told effect) {
    reports.tell(run.start(), effect);
    boolean ends = effect instanceof RunEffect.End end && end.ghost();
    if (ends || effect instanceof RunEffect.Haunt) {
      standing.slots().haunt(run.start().exchange());
      changed();
    }
    if (effect instanceof RunEffect.Begin) {
      standing.residency().spoke(run.model());
    }
    boolean mayHaveLoaded = effect instanceof RunEffect.Begin || run.exchange().isHauntingForLoad();
    if (mayHaveLoaded && !standing.isResident(run.model())) {
      monitor.readLoaded();
    }
  }

  @Override
  public void well() {
    standing.proved();
  }

  @Override
  public void unwell(String why) {
    standing.failed(why);
    monitor.hurry();
  }

  @Override
  public void hung(String why) {
    standing.hung(why);
    monitor.hurry();
  }

  @Override
  public void over(Run run) {
    runs.remove(run.start().exchange());
    standing.slots().free(run.start().exchange());
    times.freed(run.start().exchange(), run.model().name());
    standing.residency().ended(run.model(), clock.instant());
    settled();
  }

  private Optional<Run> find(ExchangeId exchange) {
    return Optional.ofNullable(runs.get(exchange));
  }

  private boolean isLoading() {
    return standing.slots().isLoading()
        || runs.values().stream().anyMatch(run -> !standing.isResident(run.model()));
  }

  private void settled() {
    changed();
    if (retired && standing.slots().isEmpty()) {
      idle.tryComplete();
    }
  }

  private void changed() {
    news.changed();
  }

  private void publish() {
    reports.status(standing.status());
    List.copyOf(runs.values()).stream()
        .filter(run -> run.exchange().isHauntingForLoad() && standing.isResident(run.model()))
        .forEach(Run::resident);
  }
}
