package com.visiquate.ccproxy.warmup;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.PriorityRules;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Waiting;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Plans and statuses for the tests of this room. */
final class Plans {
  static final BackendId B = new BackendId("b");

  private Plans() {}

  public static FleetPlan plan(int residentModels, ModelSpec... models) {
    return new FleetPlan(
        List.of(
            new BackendSpec(
                B, URI.create("http://localhost:1"), 1, 1, "h", residentModels, GhostRule.AUTO)),
        new Catalogue(List.of(models), List.of()),
        RoutingPolicy.DEFAULT,
        QueueBounds.DEFAULT,
        PriorityRules.DEFAULT,
        Limits.DEFAULT,
        Waiting.DEFAULT);
  }

  static ModelSpec model(String name, boolean warm, String keepAlive) {
    return new ModelSpec(new ModelName(name), name, 4096, List.of(B), warm, keepAlive, Map.of());
  }

  public static BackendStatus status(Health health, int running, String... loaded) {
    List<LoadedModel> models = Stream.of(loaded).map(LoadedModel::named).toList();
    return new BackendStatus(B, health, "0.24.0", 1, running, 0, 0, models, List.of(), "");
  }
}
