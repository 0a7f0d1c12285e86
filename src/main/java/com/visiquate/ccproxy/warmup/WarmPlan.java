package com.visiquate.ccproxy.warmup;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides what should be loaded where, and when; at most one load at a time on each backend. */
final class WarmPlan {
  /** A model to be loaded on a backend. */
  record Order(BackendId backend, ModelSpec model) {}

  private final Map<BackendId, Ward> wards = new LinkedHashMap<>();

  WarmPlan(FleetPlan plan) {
    replan(plan);
  }

  void replan(FleetPlan plan) {
    wards.keySet().removeIf(id -> plan.backend(id).isEmpty());
    for (BackendSpec spec : plan.here()) {
      wards.computeIfAbsent(spec.id(), id -> new Ward(spec)).plan(spec, plan.modelsOn(spec.id()));
    }
  }

  void status(BackendStatus status, Instant now) {
    Ward ward = wards.get(status.id());
    if (ward != null) {
      ward.status(status, now);
    }
  }

  /** What to ask for now; each order must be followed by exactly one of the ends below. */
  List<Order> due(Instant now) {
    List<Order> orders = new ArrayList<>();
    wards.forEach(
        (id, ward) -> ward.next(now).ifPresent(model -> orders.add(new Order(id, model))));
    return orders;
  }

  void loaded(Order order, Instant now) {
    ended(order).ifPresent(wish -> wish.loaded(now));
  }

  /** Returns how long this one now waits. */
  Duration failed(Order order, Instant now) {
    return ended(order).map(wish -> wish.failed(now)).orElse(Duration.ZERO);
  }

  /** The backend had no room for it; that is no failure. */
  void postponed(Order order, Instant now) {
    ended(order).ifPresent(wish -> wish.postponed(now));
  }

  private Optional<Wish> ended(Order order) {
    Ward ward = wards.get(order.backend());
    return ward == null ? Optional.empty() : ward.ended(order.model().name());
  }
}
