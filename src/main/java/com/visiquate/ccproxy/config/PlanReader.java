package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.fleet.Waiting;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys that make up the plan of the fleet. */
final class PlanReader {
  static final Kind<Priority> PRIORITY = Kind.choice(Priority.class);

  private PlanReader() {}

  static FleetPlan read(Section root) {
    Names backendIds = new Names();
    Names modelNames = new Names();
    List<BackendSpec> backends = BackendReader.readAll(root, backendIds);
    List<ModelSpec> models = ModelReader.readAll(root, modelNames, backendIds);
    Catalogue catalogue = new Catalogue(models, AliasReader.readAll(root, modelNames, models));
    Names keyNames = new Names();
    List<AccessKey> keys = KeyReader.readAll(root, modelNames, keyNames);
    return new FleetPlan(
        backends,
        hosts(root, backends),
        catalogue,
        routing(root.section("routing")),
        queue(root.section("queue")),
        priorities(root.section("priorities")),
        limits(root.section("limits")),
        waiting(root.section("waiting")),
        keys,
        AccountingReader.read(root, modelNames, keyNames));
  }

  private static Map<String, Integer> hosts(Section root, List<BackendSpec> backends) {
    Map<String, Integer> hosts = new HashMap<>();
    root.entries("hosts")
        .forEach(
            (label, item) -> {
              Doubts.unknownHost(label, item, backends);
              item.as(Kind.whole(1)).ifPresent(most -> hosts.put(label, most));
            });
    return hosts;
  }

  private static RoutingPolicy routing(Section section) {
    RoutingPolicy otherwise = RoutingPolicy.DEFAULT;
    RoutingPolicy routing =
        new RoutingPolicy(
            section.value("strategy", Kind.choice(Strategy.class), otherwise.strategy()),
            section.value("patience", Kind.decimal(p -> p >= 0, ">= 0"), otherwise.patience()),
            section.value("residency", Kind.duration(), otherwise.residency()),
            section.value("prefix-warm-up", Kind.duration(), otherwise.prefixWarmUp()));
    section.end();
    return routing;
  }

  private static QueueBounds queue(Section section) {
    QueueBounds.Bound usual = bound(section, QueueBounds.DEFAULT.normal());
    Duration longer = Collections.max(List.of(QueueBounds.BACKGROUND_WAIT, usual.longestWait()));
    QueueBounds.Bound patient = new QueueBounds.Bound(usual.length(), longer);
    QueueBounds queue =
        new QueueBounds(
            classBound(section.section("interactive"), usual),
            classBound(section.section("normal"), usual),
            classBound(section.section("background"), patient));
    section.end();
    return queue;
  }

  private static QueueBounds.Bound classBound(Section section, QueueBounds.Bound otherwise) {
    QueueBounds.Bound bound = bound(section, otherwise);
    section.end();
    return bound;
  }

  private static QueueBounds.Bound bound(Section section, QueueBounds.Bound otherwise) {
    return new QueueBounds.Bound(
        section.value("length", Kind.whole(0), otherwise.length()),
        section.value("wait", Kind.positive(), otherwise.longestWait()));
  }

  private static PriorityRules priorities(Section section) {
    PriorityRules otherwise = PriorityRules.DEFAULT;
    Kind<String> header =
        Kind.TEXT.when(
            name -> name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]*"), "the name of a header, or \"\"");
    PriorityRules priorities =
        new PriorityRules(
            section.value("header", header, otherwise.header()),
            clients(section.entries("clients")),
            section.value("default", PRIORITY, otherwise.otherwise()));
    section.end();
    return priorities;
  }

  private static Map<ClientId, Priority> clients(Map<String, Item> entries) {
    Map<ClientId, Priority> clients = new HashMap<>();
    entries.forEach(
        (client, item) ->
            item.as(PRIORITY).ifPresent(known -> clients.put(new ClientId(client), known)));
    return clients;
  }

  private static Limits limits(Section section) {
    Limits otherwise = Limits.DEFAULT;
    Limits limits =
        new Limits(
            section.value("connect", Kind.positive(), otherwise.connect()),
            section.value("first-token", Kind.duration(), otherwise.firstToken()),
            section.value("between-tokens", Kind.duration(), otherwise.betweenTokens()),
            section.value("total", Kind.duration(), otherwise.total()));
    section.end();
    return limits;
  }

  private static Waiting waiting(Section section) {
    Waiting otherwise = Waiting.DEFAULT;
    Waiting waiting =
        new Waiting(
            section.value("commit-after", Kind.duration(), otherwise.commitAfter()),
            section.value("heartbeat", Kind.positive(), otherwise.heartbeat()));
    section.end();
    return waiting;
  }
}
