package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.FleetShare;
import com.visiquate.ccproxy.fleet.FleetShare.Name;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** The fleets of all nodes as one: every node sees the same one, whoever joined first. */
final class FleetUnion {
  private FleetUnion() {}

  /** What a node tells the others of its own fleet. */
  static FleetShare share(NodeId node, FleetPlan own) {
    Map<String, Integer> hosts = new TreeMap<>();
    own.hosts().forEach((label, most) -> hosts.put(label(node, label), most));
    return new FleetShare(
        node,
        own.here().stream().map(spec -> labelled(node, spec)).toList(),
        hosts,
        own.catalogue().models(),
        own.catalogue().aliases().stream()
            .map(one -> new Name(one.pattern(), one.shares(), one.priority()))
            .toList());
  }

  /** "localhost" is another machine on each node. */
  private static BackendSpec labelled(NodeId node, BackendSpec spec) {
    return new BackendSpec(
        spec.id(),
        spec.url(),
        spec.slots(),
        spec.weight(),
        label(node, spec.host()),
        spec.residentModels(),
        spec.ghosts(),
        spec.promptCache());
  }

  private static String label(NodeId node, String host) {
    return node + "/" + host;
  }

  /** The plan of a node that acts with others; all but the fleet is its own. */
  static FleetPlan of(NodeId self, FleetPlan own, Collection<FleetShare> others) {
    List<FleetShare> all = new ArrayList<>(others);
    all.add(share(self, own));
    all.sort(Comparator.comparing(FleetShare::node));
    List<BackendSpec> backends = all.stream().flatMap(one -> one.backends().stream()).toList();
    Map<String, Integer> hosts = new TreeMap<>();
    all.forEach(one -> hosts.putAll(one.hosts()));
    return new FleetPlan(
        backends,
        hosts,
        new Catalogue(models(all), aliases(own, all)),
        own.routing(),
        own.queue(),
        own.priorities(),
        own.limits(),
        own.waiting(),
        own.keys(),
        own.accounting(),
        elsewhere(own, backends));
  }

  private static Set<BackendId> elsewhere(FleetPlan own, List<BackendSpec> backends) {
    Set<BackendId> elsewhere = new HashSet<>();
    backends.stream().map(BackendSpec::id).forEach(elsewhere::add);
    own.here().stream().map(BackendSpec::id).forEach(elsewhere::remove);
    return elsewhere;
  }

  /** A model of several nodes runs on all their backends. */
  private static List<ModelSpec> models(List<FleetShare> all) {
    Map<ModelName, ModelSpec> models = new LinkedHashMap<>();
    for (FleetShare share : all) {
      share.models().forEach(model -> models.merge(model.name(), model, FleetUnion::both));
    }
    return List.copyOf(models.values());
  }

  private static ModelSpec both(ModelSpec one, ModelSpec other) {
    Set<BackendId> backends = new LinkedHashSet<>(one.backends());
    backends.addAll(other.backends());
    return new ModelSpec(
        one.name(),
        one.ollama(),
        one.context(),
        List.copyOf(backends),
        one.warm() || other.warm(),
        one.keepAlive(),
        one.options(),
        one.fallbacks());
  }

  /** Its own first, in their order, because the first that matches counts. */
  private static List<Alias> aliases(FleetPlan own, List<FleetShare> all) {
    Map<String, Alias> aliases = new LinkedHashMap<>();
    own.catalogue().aliases().forEach(alias -> aliases.put(alias.pattern(), alias));
    all.stream()
        .flatMap(share -> share.names().stream())
        .forEach(
            name ->
                aliases.computeIfAbsent(
                    name.pattern(), pattern -> new Alias(pattern, name.shares(), name.priority())));
    return List.copyOf(aliases.values());
  }

  /** Why two nodes cannot act as one, in words for their operators; empty when they can. */
  static List<String> disagreements(FleetShare mine, FleetShare theirs) {
    List<String> found = new ArrayList<>();
    Set<BackendId> ids = new HashSet<>();
    theirs.backends().forEach(backend -> ids.add(backend.id()));
    mine.backends().stream()
        .filter(backend -> ids.contains(backend.id()))
        .forEach(
            backend ->
                found.add(
                    "backends: %s is also the id of a backend of %s"
                        .formatted(backend.id(), theirs.node())));
    for (ModelSpec model : mine.models()) {
      theirs.models().stream()
          .filter(other -> other.name().equals(model.name()))
          .forEach(other -> compare(model, other, theirs.node(), found));
    }
    for (Name name : mine.names()) {
      theirs.names().stream()
          .filter(other -> other.pattern().equals(name.pattern()) && !other.equals(name))
          .forEach(other -> found.add(differs("aliases." + name.pattern(), name, other, theirs)));
    }
    return found;
  }

  private static void compare(ModelSpec mine, ModelSpec other, NodeId node, List<String> found) {
    String path = "models[" + mine.name() + "].";
    compare(path + "ollama", mine.ollama(), other.ollama(), node, found);
    compare(path + "context", mine.context(), other.context(), node, found);
    compare(path + "options", mine.options(), other.options(), node, found);
  }

  private static void compare(
      String path, Object mine, Object other, NodeId node, List<String> found) {
    if (!Objects.equals(mine, other)) {
      found.add("%s: %s here, %s on %s".formatted(path, mine, other, node));
    }
  }

  private static String differs(String path, Name mine, Name other, FleetShare theirs) {
    return "%s: %s here, %s on %s".formatted(path, written(mine), written(other), theirs.node());
  }

  private static String written(Name name) {
    String shares =
        name.shares().size() == 1
            ? name.shares().getFirst().model().toString()
            : name.shares().toString();
    return name.priority() == null ? shares : shares + " as " + name.priority();
  }
}
