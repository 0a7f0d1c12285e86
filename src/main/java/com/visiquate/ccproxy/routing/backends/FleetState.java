package com.visiquate.ccproxy.routing.backends;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Owns the scheduler's view of every backend, and which of them serve which model. */
public final class FleetState {
  /** On top of the time to connect: a few probes, so that a restart is waited for. */
  private static final Duration PROBES = Duration.ofSeconds(8);

  private final Map<BackendId, BackendView> views = new LinkedHashMap<>();
  private final Map<ModelName, ModelSpec> models = new HashMap<>();
  private final Map<ModelName, ModelBackends> serving = new HashMap<>();
  private Duration patience;
  private boolean stale;

  public FleetState(FleetPlan plan, Instant now) {
    patience = plan.limits().connect().plus(PROBES);
    replan(plan, now);
  }

  public void replan(FleetPlan plan, Instant now) {
    patience = plan.limits().connect().plus(PROBES);
    views.values().forEach(BackendView::remove);
    plan.backends().forEach(spec -> configure(spec, now));
    stale = true;
    forgetEmpty();
    shareHosts(plan);
    models.clear();
    serving.clear();
    plan.catalogue().models().forEach(this::serve);
    views.values().forEach(this::serialise);
  }

  /** A backend says how it is. */
  public void heard(BackendStatus status, Instant now) {
    view(status.id()).ifPresent(view -> heard(view, status, now));
  }

  private void heard(BackendView view, BackendStatus status, Instant now) {
    boolean news = !view.installed().equals(status.installed());
    view.heard(status, now);
    if (news) {
      serialise(view);
    }
  }

  private void serialise(BackendView view) {
    view.serialise(
        models.values().stream()
            .filter(model -> isSerial(model, view))
            .map(ModelSpec::name)
            .collect(Collectors.toUnmodifiableSet()));
  }

  private static boolean isSerial(ModelSpec model, BackendView view) {
    return view.installed().stream().anyMatch(one -> one.serial() && model.isCalled(one.ollama()));
  }

  public Optional<ModelSpec> model(ModelName name) {
    return Optional.ofNullable(models.get(name));
  }

  /** Tokens of a model's window; 0 of one that is not configured any more. */
  public int window(ModelName model) {
    ModelSpec spec = models.get(model);
    return spec == null ? 0 : spec.context();
  }

  public Set<ModelName> models() {
    return models.keySet();
  }

  public Optional<BackendView> view(BackendId id) {
    return Optional.ofNullable(views.get(id));
  }

  public Set<BackendId> ids() {
    return views.keySet();
  }

  public Collection<BackendView> all() {
    return views.values();
  }

  /** Whether an exchange has a slot somewhere. */
  public boolean hasSlot(ExchangeId exchange) {
    for (BackendView view : views.values()) {
      if (view.takenBy(exchange).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** Drops the backends that are not configured any more and on which nothing runs. */
  public void forgetEmpty() {
    if (stale) {
      views.values().removeIf(view -> !view.isConfigured() && view.taken().isEmpty());
      stale = views.values().stream().anyMatch(view -> !view.isConfigured());
    }
  }

  /** The backends that are configured for a model. */
  public List<BackendView> serving(ModelName model) {
    return of(model).all();
  }

  /** Of those, the ones that are up, or all when none is. */
  public List<BackendView> likely(ModelName model) {
    return of(model).likely();
  }

  /** Of those, the ones that are not busy, see {@link BackendView#isBusy}. */
  public List<BackendView> open(ModelName model) {
    return of(model).open();
  }

  private ModelBackends of(ModelName model) {
    ModelBackends known = serving.get(model);
    return known == null ? new ModelBackends(model, List.of()) : known;
  }

  /** The backends that a request may be sent to when they have room. */
  public List<BackendView> eligible(OpenExchange open) {
    return open.isRetry() ? ModelBackends.fit(untried(open).toList()) : eligible(open.model());
  }

  /** The backends that a request which none of them has failed may be sent to. */
  public List<BackendView> eligible(ModelName model) {
    return of(model).fit();
  }

  /** Whether such a request may be sent to this backend of its model. */
  public boolean isEligible(BackendView view, ModelName model) {
    return of(model).isFit(view);
  }

  /** Whether some backend that has not failed it may serve it, now or soon. */
  public boolean isHopeless(OpenExchange open, Instant now) {
    return untried(open).allMatch(view -> isHopeless(view, now));
  }

  /** Whether no backend of a model has been up for a while. */
  public boolean isHopeless(ModelName model, Instant now) {
    for (BackendView view : serving(model)) {
      if (!isHopeless(view, now)) {
        return false;
      }
    }
    return true;
  }

  /** When waiting for the backends of a model may become hopeless, or one ends its pause. */
  public Optional<Instant> nextChange(ModelName model, Instant now) {
    Instant next = null;
    for (BackendView view : open(model)) {
      next = view.pausedUntil() == null ? next : sooner(next, view.pausedUntil(), now);
      if (view.health() != Health.UP) {
        next = sooner(next, givenUpAt(view).orElse(now), now);
      }
    }
    return Optional.ofNullable(next);
  }

  private static @Nullable Instant sooner(@Nullable Instant known, Instant other, Instant after) {
    return other.isAfter(after) && (known == null || other.isBefore(known)) ? other : known;
  }

  /** How long a model without a backend is waited for. */
  Duration patience() {
    return patience;
  }

  private Stream<BackendView> untried(OpenExchange open) {
    return serving(open.model()).stream().filter(view -> !open.tries().has(view.id()));
  }

  private boolean isHopeless(BackendView view, Instant now) {
    Optional<Instant> at = givenUpAt(view);
    return at.isPresent() && !at.get().isAfter(now);
  }

  private Optional<Instant> givenUpAt(BackendView view) {
    return view.uselessSince().map(since -> since.plus(patience));
  }

  private void configure(BackendSpec spec, Instant now) {
    views.computeIfAbsent(spec.id(), id -> new BackendView(spec, now)).configure(spec);
  }

  /** What still runs on a backend that is not configured any more counts as well. */
  private void shareHosts(FleetPlan plan) {
    Map<String, Host> hosts = new HashMap<>();
    for (BackendView view : views.values()) {
      String label = view.spec().host();
      int most = plan.hosts().getOrDefault(label, Integer.MAX_VALUE);
      view.standsOn(hosts.computeIfAbsent(label, missing -> new Host(most)));
    }
  }

  private void serve(ModelSpec model) {
    models.put(model.name(), model);
    List<BackendView> backends =
        model.backends().stream()
            .flatMap(id -> view(id).stream())
            .filter(BackendView::isConfigured)
            .toList();
    ModelBackends those = new ModelBackends(model.name(), backends);
    serving.put(model.name(), those);
    backends.forEach(view -> view.serves(those));
  }
}
