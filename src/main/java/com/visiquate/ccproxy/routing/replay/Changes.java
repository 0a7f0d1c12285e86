package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.config.DurationText;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads which settings are to be different, by the names that they have in the configuration. */
final class Changes {
  private static final String KNOWN =
      "routing.strategy, routing.patience, routing.residency, backends.ID.slots, backends.*.slots,"
          + " backends.ID.host, backends.ID.like or backends.add";

  private static final String ADD = "backends.add";
  private static final String ALL = "*";

  private static final Pattern BACKEND = Pattern.compile("backends\\.(.+)\\.(slots|host|like)");
  private static final int MOST_SLOTS = 1_000;
  private static final int MOST_BACKENDS = 100;

  private final FleetPlan base;
  private final Map<BackendId, BackendId> likes = new HashMap<>();
  private FleetPlan plan;

  private Changes(FleetPlan base) {
    this.base = base;
    this.plan = Variation.none(base).plan();
  }

  /**
   * A plan with these settings.
   *
   * @throws IllegalArgumentException which says what is wrong with them
   */
  static Variation of(Map<String, String> with, FleetPlan base) {
    Changes changes = new Changes(base);
    SortedMap<String, String> ordered = new TreeMap<>(with);
    // Backends that do not exist come first: what else is said of them needs them.
    ordered.entrySet().stream()
        .sorted(Comparator.comparing(entry -> !adds(entry.getKey())))
        .forEach(entry -> changes.change(entry.getKey(), entry.getValue().strip()));
    return new Variation(base, changes.plan, changes.likes);
  }

  private static boolean adds(String key) {
    return key.equals(ADD) || key.endsWith(".like");
  }

  private void change(String key, String value) {
    RoutingPolicy now = plan.routing();
    Matcher backend = BACKEND.matcher(key);
    switch (key) {
      case "routing.strategy" -> routing(strategy(key, value), now.patience(), now.residency());
      case "routing.patience" -> routing(now.strategy(), patience(key, value), now.residency());
      case "routing.residency" -> routing(now.strategy(), now.patience(), time(key, value));
      case ADD -> {
        for (int i = number(key, value, MOST_BACKENDS); i > 0; i--) {
          add(key, new BackendId("added-" + i), base.backends().getFirst().id());
        }
      }
      default -> {
        if (!backend.matches()) {
          throw wrong(key, "unknown", KNOWN);
        }
        backend(key, backend.group(1), backend.group(2), value);
      }
    }
  }

  private void routing(Strategy strategy, double patience, Duration residency) {
    plan = Plans.with(new RoutingPolicy(strategy, patience, residency), plan);
  }

  private void backend(String key, String name, String what, String value) {
    if (name.equals(ALL) && what.equals("slots")) {
      for (BackendSpec each : plan.backends()) {
        int slots = number(key, value, MOST_SLOTS);
        plan = Plans.with(copy(each, each.id(), slots, each.host()), plan);
      }
      return;
    }
    BackendId id = new BackendId(name);
    if (what.equals("like")) {
      add(key, id, new BackendId(value));
      return;
    }
    BackendSpec spec =
        plan.backend(id)
            .orElseThrow(() -> wrong(key, "no such backend", "one of the configuration, or .like"));
    int slots = what.equals("slots") ? number(key, value, MOST_SLOTS) : spec.slots();
    String host = what.equals("host") ? value : spec.host();
    plan = Plans.with(copy(spec, id, slots, host), plan);
  }

  /** One more, on a machine of its own unless something else is said. */
  private void add(String key, BackendId id, BackendId like) {
    if (plan.backend(id).isPresent()) {
      throw wrong(key, "exists", "the name of one that does not exist");
    }
    if (likes.size() >= MOST_BACKENDS) {
      throw wrong(key, "too many", "at most " + MOST_BACKENDS);
    }
    BackendSpec model =
        base.backend(like)
            .orElseThrow(() -> wrong(key, like.value(), "a backend of the configuration"));
    likes.put(id, like);
    plan = Plans.and(copy(model, id, model.slots(), id.value()), like, plan);
  }

  private static BackendSpec copy(BackendSpec spec, BackendId id, int slots, String host) {
    return new BackendSpec(
        id,
        spec.url(),
        slots,
        spec.weight(),
        host,
        spec.residentModels(),
        spec.ghosts(),
        spec.promptCache());
  }

  private static Strategy strategy(String key, String value) {
    try {
      return Strategy.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
    } catch (IllegalArgumentException unknown) {
      throw wrong(key, value, "least-busy, least-requests, round-robin or shuffle");
    }
  }

  private static double patience(String key, String value) {
    try {
      double patience = Double.parseDouble(value);
      if (patience >= 0 && patience <= 1e6) {
        return patience;
      }
    } catch (NumberFormatException noNumber) {
      throw wrong(key, value, "a number from 0");
    }
    throw wrong(key, value, "a number from 0");
  }

  private static int number(String key, String value, int most) {
    if (value.matches("[1-9]\\d{0,3}") && Integer.parseInt(value) <= most) {
      return Integer.parseInt(value);
    }
    throw wrong(key, value, "1 to " + most);
  }

  private static Duration time(String key, String value) {
    return DurationText.parse(value).orElseThrow(() -> wrong(key, value, "a time such as 60s"));
  }

  private static IllegalArgumentException wrong(String key, String found, String expected) {
    return new IllegalArgumentException("%s: %s (expected: %s)".formatted(key, found, expected));
  }
}
