package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.routing.cache.Displaced;
import com.visiquate.ccproxy.routing.cache.Shadow;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The scheduler's view of one backend; owns the seats that the scheduler has given out there. */
final class BackendView {
  /** How long a backend that handed a request back is left alone, unless it says otherwise. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Map<ExchangeId, Seat> seats = new LinkedHashMap<>();
  private final Map<ModelName, Integer> taken = new HashMap<>();
  private final Set<String> loaded = new HashSet<>();
  private final Caches caches;
  private Host host = Host.unbounded();
  private BackendSpec spec;
  private List<InstalledModel> installed = List.of();
  private Set<ModelName> serial = Set.of();
  private int slots;
  private boolean configured = true;
  private Health health = Health.UNKNOWN;
  private Instant uselessSince;
  private Instant pausedUntil;

  BackendView(BackendSpec spec, Instant now) {
    this.spec = spec;
    this.slots = spec.slots();
    this.caches = new Caches(this::slots);
    this.uselessSince = now;
    this.pausedUntil = now;
  }

  BackendId id() {
    return spec.id();
  }

  BackendSpec spec() {
    return spec;
  }

  Health health() {
    return health;
  }

  int slots() {
    return slots;
  }

  /** Those that requests for this model have. */
  int slots(ModelName model) {
    return serial.contains(model) ? 1 : slots;
  }

  List<InstalledModel> installed() {
    return installed;
  }

  /** These models run one request at a time, whatever the slots are. */
  void serialise(Set<ModelName> models) {
    serial = Set.copyOf(models);
    caches.resize();
  }

  boolean isConfigured() {
    return configured;
  }

  void configure(BackendSpec changed) {
    slots = changed.slots() == spec.slots() ? slots : changed.slots();
    spec = changed;
    caches.resize();
    configured = true;
  }

  /** The machine on which it runs. */
  void standsOn(Host machine) {
    host = machine;
    machine.add(this);
  }

  void remove() {
    configured = false;
  }

  void heard(BackendStatus status, Instant now) {
    uselessSince = isUseless(health) == isUseless(status.health()) ? uselessSince : now;
    health = status.health();
    slots = status.slots() > 0 ? status.slots() : slots;
    installed = status.installed();
    caches.heard(status);
    loaded.clear();
    loaded.addAll(status.loadedNames());
    if (status.running() + status.ghosts() < slots * spec.residentModels()) {
      pausedUntil = now;
    }
  }

  Instant pausedUntil() {
    return pausedUntil;
  }

  void take(ExchangeId exchange, Seat seat) {
    seats.put(exchange, seat);
    seat.beginsOn(host);
    taken.merge(seat.model(), 1, Integer::sum);
  }

  void handOver(ExchangeId from, ExchangeId to, Seat seat) {
    seats.remove(from);
    seats.put(to, seat);
  }

  Optional<Seat> seat(ExchangeId exchange) {
    return Optional.ofNullable(seats.get(exchange));
  }

  void release(ExchangeId exchange, Instant now) {
    if (remove(exchange)) {
      pausedUntil = now;
    }
  }

  /** It had no room for this one, whatever was thought: it is left alone for a moment. */
  void handBack(ExchangeId exchange, Instant now) {
    remove(exchange);
    pausedUntil = now.plus(PAUSE);
  }

  private boolean remove(ExchangeId exchange) {
    Seat seat = seats.remove(exchange);
    if (seat != null) {
      taken.computeIfPresent(seat.model(), (model, count) -> count == 1 ? null : count - 1);
    }
    return seat != null;
  }

  Collection<Seat> seats() {
    return Collections.unmodifiableCollection(seats.values());
  }

  void loaded(ModelSpec model) {
    loaded.add(model.ollama());
  }

  /** What it is thought to hold of the prompts of a model. */
  Shadow cache(ModelSpec model) {
    return caches.of(model);
  }

  /** The models of whose prompts it may hold anything. */
  List<ModelSpec> models() {
    return caches.models();
  }

  /** A request for the model starts: where there is no room beside it, the others go. */
  void makeRoom(ModelSpec model) {
    if (evicts(model)) {
      loaded.clear();
      caches.keepOnly(model);
    }
  }

  /** All that is cached of other models. */
  List<Displaced> evicted(ModelSpec model) {
    return caches.besides(model);
  }

  /** Whether another model must be unloaded for this one. */
  boolean evicts(ModelSpec model) {
    return !isResident(model) && loaded.size() >= spec.residentModels();
  }

  /** Whether a request for the model finds it in memory, or on its way there. */
  boolean isResident(ModelSpec model) {
    return taken(model.name()) > 0 || model.isAmong(loaded);
  }

  int taken(ModelName model) {
    return taken.getOrDefault(model, 0);
  }

  /** Slots that a request for the model could take now. */
  int free(ModelName model, Instant now) {
    if (now.isBefore(pausedUntil) || isCrowdedOut(model)) {
      return 0;
    }
    int most = health == Health.PROBING ? 1 - seats.size() : slots(model) - taken(model);
    return Math.max(0, Math.min(most, host.room()));
  }

  /** Whether it is well, and only its own requests keep the model from more slots. */
  boolean isFull(ModelName model) {
    return health == Health.UP && taken(model) >= slots(model);
  }

  /** Whether only requests for other models keep the model out. */
  boolean isCrowdedOut(ModelName model) {
    return taken.size() >= spec.residentModels() && taken(model) == 0;
  }

  /** Nanoseconds of work that are expected to be left on all its seats. */
  long remaining(Instant now) {
    return seats.values().stream().mapToLong(seat -> seat.remaining(now)).sum();
  }

  /** Nanoseconds of prompts that are not computed yet. */
  long promptsLeft(Instant now) {
    return seats.values().stream().mapToLong(seat -> seat.prompt(now)).sum();
  }

  /** Nanoseconds until its next slot is expected to be free. */
  long nextFree(Instant now) {
    return seats.values().stream().mapToLong(seat -> seat.remaining(now)).min().orElse(0);
  }

  /** Nanoseconds until all of its slots are expected to be free. */
  long lastFree(Instant now) {
    return seats.values().stream().mapToLong(seat -> seat.remaining(now)).max().orElse(0);
  }

  /** Since when it has not been of any use. */
  Optional<Instant> uselessSince() {
    return isUseless(health) ? Optional.of(uselessSince) : Optional.empty();
  }

  private static boolean isUseless(Health health) {
    return health == Health.DOWN || health == Health.UNKNOWN;
  }
}
