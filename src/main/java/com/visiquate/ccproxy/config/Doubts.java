package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is legal and probably not meant: the warnings. */
final class Doubts {
  private Doubts() {}

  /** Whoever reaches the port may use the models: that must be meant. */
  static void exposed(Section section, ServerSettings server, FleetPlan plan) {
    if (isLoopback(server.host()) || !plan.keys().isEmpty()) {
      return;
    }
    String path = "server.host";
    Place place =
        section
            .reading()
            .override(path)
            .map(Written::place)
            .or(() -> section.entry("host").map(Item::place))
            .orElse(section.place());
    if (server.edge().withoutKeys()) {
      String what = " lets other machines in, and ccproxy asks nobody for a key";
      warn(place, section.reading(), path, server.host() + what);
    } else {
      String expectation =
          "a loopback address; other machines need keys, or server.without-keys: true";
      section.reading().problem(Problem.expected(place, path, server.host(), expectation));
    }
  }

  static boolean isLoopback(String host) {
    return host.equals("localhost")
        || host.equals("::1")
        || host.equals("[::1]")
        || host.matches("127(\\.\\d{1,3}){3}");
  }

  /** Two backends that are one Ollama get twice the requests that it has slots for. */
  static void sameUrl(List<Item> items, List<BackendSpec> backends) {
    Map<URI, String> first = new HashMap<>();
    for (int i = 0; i < Math.min(items.size(), backends.size()); i++) {
      BackendSpec backend = backends.get(i);
      String earlier = first.putIfAbsent(backend.url(), backend.id().value());
      if (earlier != null) {
        String what = "%s is also the url of %s".formatted(backend.url(), earlier);
        warn(items.get(i), items.get(i).path() + ".url", what);
      }
    }
  }

  /** A bound for a machine on which nothing runs is probably misspelt. */
  static void unknownHost(String label, Item item, List<BackendSpec> backends) {
    if (backends.stream().noneMatch(backend -> backend.host().equals(label))) {
      warn(item, item.path(), "no backend has the host \"%s\"".formatted(label));
    }
  }

  /** Ollama loads a model anew each time that its window changes. */
  static void sameWeights(List<Item> items, List<ModelSpec> models) {
    for (int i = 0; i < Math.min(items.size(), models.size()); i++) {
      ModelSpec model = models.get(i);
      for (ModelSpec earlier : models.subList(0, i)) {
        if (takesTurns(model, earlier)) {
          String what =
              "%d differs from that of %s: each change reloads %s"
                  .formatted(model.context(), earlier.name(), model.ollama());
          warn(items.get(i), items.get(i).path() + ".context", what);
        }
      }
    }
  }

  /** It stands in for a model whose window is too small, and is not used because its own is not. */
  static void noLarger(Item item, ModelSpec model, ModelSpec other) {
    String what = "never used: the window of %s, %d, is not larger than %d";
    warn(item, item.path(), what.formatted(other.name(), other.context(), model.context()));
  }

  private static boolean takesTurns(ModelSpec model, ModelSpec other) {
    Set<Object> shared = new HashSet<>(model.backends());
    return model.ollama().equals(other.ollama())
        && model.context() != other.context()
        && !Collections.disjoint(shared, other.backends());
  }

  /** An alias that no request can reach. */
  static void shadowed(Item item, Alias alias, List<Alias> earlier) {
    earlier.stream()
        .filter(pattern -> pattern.matches(anyMatch(alias)))
        .findFirst()
        .ifPresent(
            pattern -> {
              String what = "never used: \"%s\" comes first and matches the same names";
              warn(item, item.path(), what.formatted(pattern.pattern()));
            });
  }

  /** A pattern contains another exactly if it matches it with a letter that it cannot know. */
  private static String anyMatch(Alias alias) {
    return alias.pattern().replace('*', '\uFFFF');
  }

  /** An alias that takes the name of another model. */
  static void hidden(Item item, Alias alias, Names models) {
    models.known().stream()
        .filter(name -> alias.matches(name) && !alias.leadsTo(new ModelName(name)))
        .findFirst()
        .ifPresent(
            name -> {
              String what = "takes the name of the model \"%s\", which then leads to \"%s\"";
              warn(item, item.path(), what.formatted(name, alias.model()));
            });
  }

  /** Clients are told one window, and some of their conversations would have another. */
  static void sharedWindows(Item item, Alias alias, List<ModelSpec> models) {
    List<ModelSpec> shared = models.stream().filter(model -> alias.leadsTo(model.name())).toList();
    if (shared.stream().mapToInt(ModelSpec::context).distinct().count() > 1) {
      String what = "its models have different windows; clients are told that of %s";
      warn(item, item.path(), what.formatted(alias.model()));
    }
  }

  private static void warn(Item item, String path, String what) {
    warn(item.named(), item.reading(), path, what);
  }

  private static void warn(Place place, Reading reading, String path, String what) {
    reading.warning(Problem.of(place, path, what));
  }
}
