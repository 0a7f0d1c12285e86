package com.visiquate.ccproxy.endtoend;

import com.visiquate.ccproxy.Gateway;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.metrics.Meters;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.engine.Seen;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** A gateway and its simulated Ollamas on free ports; owns them and what they have reported. */
final class Stack implements AutoCloseable {
  private final Vertx outside = Vertx.vertx();
  private final Vertx vertx;
  private final Gateway gateway;
  private final String yaml;
  private final List<Simulator> ollamas = new ArrayList<>();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final Map<BackendId, BackendStatus> statuses = new ConcurrentHashMap<>();
  private final BlockingQueue<ExchangeEnded> ended = new LinkedBlockingQueue<>();

  private Stack(Recipe recipe, UnaryOperator<List<Integer>> ways) {
    Meters meters = new Meters();
    vertx = Gateway.vertx(meters, ServerSettings.DEFAULT);
    for (Profile profile : recipe.profiles()) {
      Simulator ollama = Waits.done(Simulator.start(outside, profile));
      ollamas.add(ollama.script(this::scripted));
    }
    Bus bus = Bus.of(vertx);
    bus.listen(
        Address.FLEET_STATUS, changed -> statuses.put(changed.status().id(), changed.status()));
    bus.listen(Address.EXCHANGE_ENDED, ended::add);
    yaml = recipe.yaml(ways.apply(ollamas.stream().map(Simulator::port).toList()));
    gateway = Waits.done(Gateway.start(vertx, meters, Recipe.settings(yaml)));
  }

  /** A gateway that knows what all its Ollamas can do. */
  static Stack start(Recipe recipe) {
    Stack stack = new Stack(recipe, ports -> ports);
    stack.ollamas.forEach(ollama -> stack.untilUp(stack.ollamas.indexOf(ollama)));
    return stack;
  }

  /** The same, but the way to its first Ollama leads through a black hole. */
  static Stack behind(BlackHole hole, Recipe recipe) {
    Stack stack = new Stack(recipe, ports -> through(hole, ports));
    for (int i = hole.isOpen() ? 0 : 1; i < stack.ollamas.size(); i++) {
      stack.untilUp(i);
    }
    return stack;
  }

  private static List<Integer> through(BlackHole hole, List<Integer> ports) {
    List<Integer> ways = new ArrayList<>(ports);
    hole.leadTo(ways.set(0, hole.port()));
    return ways;
  }

  private Optional<Script> scripted(Ask ask) {
    return ask.lastTurn().map(turn -> scripts.get(turn.content()));
  }

  /** Every Ollama answers a last message of this text so, from now on. */
  Stack answer(String question, Script script) {
    scripts.put(question, script);
    return this;
  }

  Vertx vertx() {
    return vertx;
  }

  Gateway gateway() {
    return gateway;
  }

  String yaml() {
    return yaml;
  }

  int port() {
    return gateway.port();
  }

  Simulator ollama(int number) {
    return ollamas.get(number);
  }

  List<Simulator> ollamas() {
    return List.copyOf(ollamas);
  }

  RawClient client() throws IOException {
    return new RawClient(port());
  }

  /** A client that has asked. */
  RawClient asking(String body) throws IOException {
    return client().post(Chat.PATH, body);
  }

  /** One whole exchange on a connection of its own. */
  RawClient.Reply ask(String body) throws IOException {
    try (RawClient client = asking(body)) {
      return client.reply();
    }
  }

  RawClient.Reply read(String path) throws IOException {
    try (RawClient client = client().request("GET", path)) {
      return client.reply();
    }
  }

  /** How the next request ends. */
  ExchangeEnded nextEnd() {
    return Waits.next(ended, any -> true);
  }

  /** Requests that have ended and that nobody has asked about. */
  int endsLeft() {
    return ended.size();
  }

  void until(BooleanSupplier holds) {
    Waits.until(outside, holds);
  }

  void untilSeen(int ollama, Predicate<Seen> holds) {
    until(() -> holds.test(ollama(ollama).seen()));
  }

  void untilStatus(int backend, Predicate<BackendStatus> holds) {
    until(() -> status(backend).filter(holds).isPresent());
  }

  void untilUp(int backend) {
    untilStatus(
        backend,
        status ->
            status.health() == Health.UP
                && status.installed().stream().anyMatch(m -> !m.capabilities().isEmpty()));
  }

  /** Until a gauge says so, as operators would see it. */
  void untilMetric(String line) {
    until(() -> metrics().contains(line + "\n"));
  }

  String metrics() {
    try {
      return read("/metrics").body();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /** Requests that any Ollama made wait without a sign; the gateway exists to keep this 0. */
  long silentWaits() {
    return ollamas.stream().mapToLong(ollama -> ollama.seen().silentWaits()).sum();
  }

  long chats() {
    return ollamas.stream().mapToLong(ollama -> ollama.seen().requests("/api/chat")).sum();
  }

  /** What the first Ollama was asked last, as it came. */
  String lastChat() {
    return ollama(0).seen().last().stream()
        .filter(seen -> seen.path().equals("/api/chat"))
        .findFirst()
        .orElseThrow()
        .body();
  }

  private Optional<BackendStatus> status(int backend) {
    return Optional.ofNullable(statuses.get(new BackendId("b" + backend)));
  }

  @Override
  public void close() {
    Waits.done(vertx.close());
    Waits.done(outside.close());
  }
}
