package com.visiquate.ccproxy.endtoend;

import com.visiquate.ccproxy.FreePorts;
import com.visiquate.ccproxy.Gateway;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Replanned;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.metrics.Meters;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/** Gateways that act as one, in one process, each with one simulated Ollama of its own. */
final class Nodes implements AutoCloseable {
  private final Vertx outside = Vertx.vertx();
  private final List<Integer> ports;
  private final Profile profile;
  private final String more;
  private final List<Simulator> ollamas = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();

  /** One of them. */
  static final class Node {
    private final Vertx vertx;
    private final Gateway gateway;
    private final Map<BackendId, Health> health;
    private final Map<Integer, FleetPlan> plans;

    private Node(
        Vertx vertx,
        Gateway gateway,
        Map<BackendId, Health> health,
        Map<Integer, FleetPlan> plans) {
      this.vertx = vertx;
      this.gateway = gateway;
      this.health = health;
      this.plans = plans;
    }

    int port() {
      return gateway.port();
    }

    Gateway gateway() {
      return gateway;
    }

    RawClient client() throws IOException {
      return new RawClient(port());
    }

    RawClient asking(String body) throws IOException {
      return client().post(Chat.PATH, body);
    }

    RawClient.Reply read(String path) throws IOException {
      try (RawClient client = client().request("GET", path)) {
        return client.reply();
      }
    }

    private boolean knows(int backends) {
      FleetPlan plan = plans.get(0);
      long up = health.values().stream().filter(Health.UP::equals).count();
      return plan != null && plan.backends().size() == backends && up == backends;
    }

    /** As if its machine were switched off: nobody is told. */
    void end() {
      Waits.done(vertx.close());
    }
  }

  private Nodes(Profile profile, int count, String more) throws IOException {
    this.profile = profile;
    this.more = more;
    this.ports = FreePorts.pairs(count);
  }

  /** So many that know each other. */
  static Nodes start(Profile profile, int count) throws IOException {
    return start(profile, count, "");
  }

  /** The same, with further sections in the configuration of each. */
  static Nodes start(Profile profile, int count, String more) throws IOException {
    Nodes nodes = new Nodes(profile, count, more);
    for (int i = 0; i < count; i++) {
      Simulator ollama = Waits.done(Simulator.start(nodes.outside, profile));
      nodes.ollamas.add(ollama.script(nodes::scripted));
      nodes.nodes.add(nodes.begin(i));
    }
    nodes.nodes.forEach(node -> nodes.untilKnows(node, count));
    return nodes;
  }

  private Node begin(int number) {
    Settings settings = Recipe.settings(yaml(number));
    Meters meters = new Meters(settings.cluster().node());
    Vertx vertx = Gateway.vertx(meters, ServerSettings.DEFAULT);
    Map<BackendId, Health> health = new ConcurrentHashMap<>();
    Map<Integer, FleetPlan> plans = new ConcurrentHashMap<>();
    Bus bus = Bus.of(vertx);
    bus.listen(
        Address.FLEET_STATUS,
        (StatusChanged changed) -> health.put(changed.status().id(), changed.status().health()));
    bus.listen(Address.FLEET_PLAN, (Replanned replanned) -> plans.put(0, replanned.plan()));
    Gateway gateway = Waits.done(Gateway.start(vertx, meters, settings));
    return new Node(vertx, gateway, health, plans);
  }

  private String yaml(int number) {
    String members =
        ports.stream().map(port -> "\"127.0.0.1:" + port + "\"").collect(Collectors.joining(", "));
    return """
    server: {host: 127.0.0.1, port: 0, event-loops: 1}
    backends: [{id: b%1$d, url: "http://127.0.0.1:%2$d", slots: %3$d}]
    models: [{name: m, ollama: m, context: 4096, backends: [b%1$d]}]
    waiting: {commit-after: 1s, heartbeat: 1s}
    cluster:
      name: test
      node: node-%1$d
      listen: "127.0.0.1:%4$d"
      members: [%5$s]
      secret: 0123456789abcdef
    """
            .formatted(
                number,
                ollamas.get(number).port(),
                profile.limits().slots(),
                ports.get(number),
                members)
        + more;
  }

  /** Until it knows of so many backends that are up. */
  void untilKnows(Node node, int backends) {
    Waits.until(outside, () -> node.knows(backends));
  }

  void until(BooleanSupplier holds) {
    Waits.until(outside, holds);
  }

  Node node(int number) {
    return nodes.get(number);
  }

  /** Every Ollama answers a last message of this text so, from now on. */
  Nodes answer(String question, Script script) {
    scripts.put(question, script);
    return this;
  }

  private Optional<Script> scripted(Ask ask) {
    return ask.lastTurn().map(turn -> scripts.get(turn.content()));
  }

  long chats() {
    return ollamas.stream().mapToLong(one -> one.seen().requests("/api/chat")).sum();
  }

  int running() {
    return ollamas.stream().mapToInt(one -> one.seen().runningNow()).sum();
  }

  /** Requests that any Ollama made wait: more than it has slots for were sent to it. */
  long silentWaits() {
    return ollamas.stream().mapToLong(one -> one.seen().silentWaits()).sum();
  }

  Simulator ollama(int number) {
    return ollamas.get(number);
  }

  @Override
  public void close() {
    nodes.forEach(Node::end);
    Waits.done(outside.close());
  }
}
