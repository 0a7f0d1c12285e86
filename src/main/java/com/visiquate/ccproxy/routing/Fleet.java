package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Owns the scheduler's view of every backend, and which of them serve which model. */
final class Fleet {
  /** On top of the time to connect: a few probes, so that a restart is waited for. */
  private static final Duration PROBES = Duration.ofSeconds(8);

  private final Map<BackendId, BackendView> views = new LinkedHashMap<>();
  private final Map<ModelName, ModelSpec> models = new HashMap<>();
  private final Map<ModelName, List<BackendView>> serving = new HashMap<>();
  private Duration patience;

  Fleet(FleetPlan plan, Instant now) {
    patience = plan.limits().connect().plus(PROBES);
    replan(plan, now);
  }

  void replan(FleetPlan plan, Instant now) {
    patience = plan.limits().connect().plus(PROBES);
    views.values().forEach(BackendView::remove);
    plan.backends().forEach(spec -> configure(spec, now));
    forgetEmpty();
    models.clear();
    serving.clear();
    plan.catalogue().models().forEach(this::serve);
    views.values().forEach(this::serialise);
  }

  /** A backend says how it is. */
  void heard(BackendStatus status, Instant now) {
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

  Optional<ModelSpec> model(ModelName name) {
    return Optional.ofNullable(models.get(name));
  }

  Set<ModelName> models() {
    return models.keySet();
  }

  Optional<BackendView> view(BackendId id) {
    return Optional.ofNullable(views.get(id));
  }

  Set<BackendId> ids() {
    return views.keySet();
  }

  Collection<BackendView> all() {
    return views.values();
  }

  /** Drops the backends that are not configured any more and on which nothing runs. */
  void forgetEmpty() {
    views.values().removeIf(view -> !view.isConfigured() && view.seats().isEmpty());
  }

  /** The backends that are configured for a model. */
  List<BackendView> serving(ModelName model) {
    return serving.getOrDefault(model, List.of());
  }

  /** The backends that a request may be sent to when they have room. */
  List<BackendView> eligible(Ticket ticket) {
    return ticket.isRetry() ? fit(untried(ticket).toList()) : eligible(ticket.model());
  }

  /** The backends that a request which none of them has failed may be sent to. */
  List<BackendView> eligible(ModelName model) {
    return fit(serving(model));
  }

  /** Whether some backend that has not failed it may serve it, now or soon. */
  boolean isHopeless(Ticket ticket, Instant now) {
    return untried(ticket).allMatch(view -> isHopeless(view, now));
  }

  /** Whether no backend of a model has been up for a while. */
  boolean isHopeless(ModelName model, Instant now) {
    return serving(model).stream().allMatch(view -> isHopeless(view, now));
  }

  /** When waiting for the backends of a model may become hopeless, or one ends its pause. */
  Optional<Instant> nextChange(ModelName model, Instant now) {
    return serving(model).stream()
        .flatMap(view -> Stream.concat(givenUpAt(view).stream(), Stream.of(view.pausedUntil())))
        .filter(now::isBefore)
        .min(Instant::compareTo);
  }

  /** How long a model without a backend is waited for. */
  Duration patience() {
    return patience;
  }

  private static List<BackendView> fit(List<BackendView> backends) {
    boolean anyUp = backends.stream().anyMatch(view -> view.health() == Health.UP);
    Predicate<BackendView> fit =
        view ->
            switch (view.health()) {
              case UP, PROBING -> true;
              case SUSPECT -> !anyUp;
              case UNKNOWN, DOWN -> false;
            };
    return backends.stream().filter(fit).toList();
  }

  private Stream<BackendView> untried(Ticket ticket) {
    return serving(ticket.model()).stream().filter(view -> !ticket.hasTried(view.id()));
  }

  private boolean isHopeless(BackendView view, Instant now) {
    return givenUpAt(view).filter(at -> !at.isAfter(now)).isPresent();
  }

  private Optional<Instant> givenUpAt(BackendView view) {
    return view.uselessSince().map(since -> since.plus(patience));
  }

  private void configure(BackendSpec spec, Instant now) {
    views.computeIfAbsent(spec.id(), id -> new BackendView(spec, now)).configure(spec);
  }

  private void serve(ModelSpec model) {
    models.put(model.name(), model);
    serving.put(
        model.name(),
        model.backends().stream()
            .flatMap(id -> view(id).stream())
            .filter(BackendView::isConfigured)
            .toList());
  }
}
