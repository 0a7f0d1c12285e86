package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Waiting;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A small fleet for tests. */
public final class Plans {
  private static final Limits LIMITS =
      new Limits(
          Duration.ofSeconds(2), Duration.ZERO, Duration.ofSeconds(120), Duration.ofSeconds(300));

  public static final BackendId ONE = new BackendId("one");
  public static final BackendId TWO = new BackendId("two");
  public static final ModelName FAST = new ModelName("fast");
  public static final Placement PLACED = new Placement(ONE, FAST, 1, Duration.ofMillis(7));

  private Plans() {}

  public static FleetPlan plan() {
    return new FleetPlan(
        List.of(backend(ONE), backend(TWO)),
        new Catalogue(
            List.of(model("fast", ONE), model("hf.co/user/repo:tag", TWO)),
            List.of(new Alias("gpt-4", FAST, null), new Alias("claude-*haiku*", FAST, null))),
        RoutingPolicy.DEFAULT,
        QueueBounds.DEFAULT,
        PriorityRules.DEFAULT,
        LIMITS,
        Waiting.DEFAULT);
  }

  public static BackendStatus status(BackendId id, Health health) {
    return new BackendStatus(id, health, "0.24.0", 1, 0, 0, 0, List.of(), List.of(), "");
  }

  private static BackendSpec backend(BackendId id) {
    URI url = URI.create("http://127.0.0.1:11434");
    return new BackendSpec(id, url, 1, 1, "here", 1, GhostRule.AUTO);
  }

  private static ModelSpec model(String name, BackendId backend) {
    return new ModelSpec(
        new ModelName(name), name + "-q4", 4096, List.of(backend), false, "30m", Map.of());
  }
}
