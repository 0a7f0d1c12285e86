package com.visiquate.ccproxy.http.view;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** This ingress's snapshot of the fleet: the plan, what backends last said, whether it ends. */
public final class FleetView {
  private final Map<BackendId, BackendStatus> statuses = new HashMap<>();
  private FleetPlan plan;
  private AliasLabels labels;
  private @Nullable Instant drainsUntil;

  public FleetView(FleetPlan plan) {
    this.plan = plan;
    this.labels = new AliasLabels(plan.catalogue());
  }

  public void replanned(FleetPlan next) {
    plan = next;
    labels = new AliasLabels(next.catalogue());
    statuses.keySet().removeIf(id -> next.backend(id).isEmpty());
  }

  public void changed(BackendStatus status) {
    if (plan.backend(status.id()).isPresent()) {
      statuses.put(status.id(), status);
    }
  }

  /** Whether every backend has been seen up or down since the start. */
  public boolean hasHeardOfAll() {
    return plan.backends().stream()
        .map(backend -> statuses.get(backend.id()))
        .allMatch(status -> status != null && status.health() != Health.UNKNOWN);
  }

  public void draining(Instant until) {
    drainsUntil = until;
  }

  public boolean isDraining() {
    return drainsUntil != null;
  }

  /** This moment, or that at which everything must end if it is before. */
  public Instant orEnd(Instant moment) {
    return drainsUntil != null && drainsUntil.isBefore(moment) ? drainsUntil : moment;
  }

  public boolean mustEnd(Instant now) {
    return drainsUntil != null && !now.isBefore(drainsUntil);
  }

  public FleetPlan plan() {
    return plan;
  }

  /** Whether a key may use what a name leads to; a name that leads nowhere is no matter of keys. */
  public boolean allows(AccessKey key, String alias) {
    List<ModelSpec> models = plan.catalogue().models(alias);
    return models.isEmpty() || models.stream().anyMatch(model -> key.allows(model.name()));
  }

  /**
   * The model that a conversation means by a name that several share, of those that its key may
   * use; null when none do.
   */
  public @Nullable ModelName choose(
      String alias, @Nullable String conversation, @Nullable AccessKey key) {
    return plan.catalogue()
        .choose(alias, conversation, model -> key == null || key.allows(model))
        .orElse(null);
  }

  /** The model that is meant by a name, of several the one that was chosen. */
  public Optional<ModelSpec> model(String alias, @Nullable ModelName chosen) {
    return chosen == null
        ? plan.catalogue().find(alias).map(match -> match.model())
        : plan.catalogue().model(chosen);
  }

  /** Whether a model is known to think, on any backend. */
  public boolean thinks(String alias, @Nullable ModelName chosen) {
    return model(alias, chosen).map(this::thinks).orElse(false);
  }

  private boolean thinks(ModelSpec model) {
    return statuses.values().stream()
        .flatMap(status -> status.installed().stream())
        .filter(one -> model.isCalled(one.ollama()))
        .anyMatch(one -> one.capabilities().contains("thinking"));
  }

  public String label(String alias) {
    return labels.of(alias);
  }

  public Map<BackendId, BackendStatus> statuses() {
    return Map.copyOf(statuses);
  }
}
