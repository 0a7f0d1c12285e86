package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A plan that is different in some settings.
 *
 * @param base the one that holds
 * @param plan the one that is tried
 * @param likes the backends that do not exist, and those that they would be like
 */
public record Variation(FleetPlan base, FleetPlan plan, Map<BackendId, BackendId> likes) {
  public Variation {
    likes = Map.copyOf(likes);
  }

  /** The settings that hold, but nothing is computed in advance. */
  static Variation none(FleetPlan plan) {
    RoutingPolicy policy = plan.routing();
    RoutingPolicy plain =
        new RoutingPolicy(policy.strategy(), policy.patience(), policy.residency(), Duration.ZERO);
    return new Variation(plan, Plans.with(plain, plan), Map.of());
  }

  /** The backend whose speed this one has. */
  BackendSpec measured(BackendSpec backend) {
    BackendId like = likes.get(backend.id());
    return like == null ? backend : base.backend(like).orElse(backend);
  }

  /** How the backends of the plan are, once all of them are well. */
  List<BackendStatus> statuses(Map<BackendId, BackendStatus> known) {
    List<BackendStatus> statuses = new ArrayList<>();
    for (BackendSpec spec : plan.backends()) {
      Optional<BackendStatus> status =
          Optional.ofNullable(known.get(likes.getOrDefault(spec.id(), spec.id())));
      statuses.add(
          new BackendStatus(
              spec.id(),
              Health.UP,
              status.map(BackendStatus::version).orElse(""),
              slots(spec, status),
              0,
              0,
              0,
              status.map(BackendStatus::loaded).orElse(List.of()),
              status.map(BackendStatus::installed).orElse(List.of()),
              ""));
    }
    return statuses;
  }

  /** What a backend has said of its slots holds as long as they are not what is tried. */
  private int slots(BackendSpec spec, Optional<BackendStatus> status) {
    boolean same = base.backend(spec.id()).filter(now -> now.slots() == spec.slots()).isPresent();
    int said = status.map(BackendStatus::slots).orElse(0);
    return same && said > 0 ? said : spec.slots();
  }
}
