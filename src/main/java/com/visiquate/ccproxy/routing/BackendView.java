package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.routing.cache.BackendCaches;
import com.visiquate.ccproxy.routing.cache.CacheModel;
import com.visiquate.ccproxy.routing.cache.Displaced;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scheduler's view of one backend; owns the seats that the scheduler has given out there. */
final class BackendView {
  /** How long a backend that handed a request back is left alone, unless it says otherwise. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Seats seats = new Seats();
  private final Set<String> loaded = new HashSet<>();
  private final Map<ModelName, Serving> serves = new HashMap<>();
  private final BackendCaches caches;
  private Host host = Host.unbounded();
  private BackendSpec spec;
  private List<InstalledModel> installed = List.of();
  private Set<ModelName> serial = Set.of();
  private int slots;
  private boolean configured = true;
  private Health health = Health.UNKNOWN;
  private Instant uselessSince;
  private @Nullable Instant pausedUntil;

  BackendView(BackendSpec spec, Instant now) {
    this.spec = spec;
    this.slots = spec.slots();
    this.caches = new BackendCaches(this::slots);
    this.uselessSince = now;
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
    changed();
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
  Host host() {
    return host;
  }

  void standsOn(Host machine) {
    host = machine;
    machine.add(this);
  }

  void remove() {
    configured = false;
    serves.clear();
  }

  /** One of those that are told when it changes. */
  void serves(Serving model) {
    serves.put(model.model(), model);
  }

  private void changed() {
    for (Serving model : serves.values()) {
      model.changed(this);
    }
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
      pausedUntil = null;
    }
    changed();
  }

  /** When its pause ends, or has ended; null when it has none. */
  @Nullable Instant pausedUntil() {
    return pausedUntil;
  }

  void take(ExchangeId exchange, Seat seat) {
    seats.add(exchange, seat);
    seat.beginsOn(host);
    look(seat);
  }

  void handOver(ExchangeId from, ExchangeId to, Seat seat) {
    seats.handOver(from, to, seat);
  }

  Optional<Seat> seat(ExchangeId exchange) {
    return Optional.ofNullable(seats.of(exchange));
  }

  /** It is free again, so that a pause has no reason any more. */
  void release(ExchangeId exchange) {
    Seat seat = seats.remove(exchange);
    if (seat != null && pausedUntil != null) {
      pausedUntil = null;
      changed();
    } else if (seat != null) {
      look(seat);
    }
  }

  /** Only what its model has taken is different now. */
  private void look(Seat seat) {
    Serving model = serves.get(seat.model());
    if (model != null) {
      model.look(this);
    }
  }

  /** It had no room for this one, whatever was thought: it is left alone for a moment. */
  void handBack(ExchangeId exchange, Instant now) {
    seats.remove(exchange);
    pausedUntil = now.plus(PAUSE);
    changed();
  }

  Seats seats() {
    return seats;
  }

  void loaded(ModelSpec model) {
    loaded.add(model.ollama());
  }

  /** What it is thought to hold of the prompts of a model. */
  CacheModel cache(ModelSpec model) {
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
    return seats.taken(model.name()) > 0 || model.isAmong(loaded);
  }

  /** Slots that a request for the model could take now. */
  int free(ModelName model, Instant now) {
    if ((pausedUntil != null && now.isBefore(pausedUntil)) || isCrowdedOut(model)) {
      return 0;
    }
    int most = health == Health.PROBING ? 1 - seats.size() : slots(model) - seats.taken(model);
    return Math.max(0, Math.min(most, host.room()));
  }

  /** Whether it is well, and only its own requests keep the model from more slots. */
  boolean isFull(ModelName model) {
    return health == Health.UP && seats.taken(model) >= slots(model);
  }

  /** Whether nothing can be different for the model before it has told of a change. */
  boolean isBusy(ModelName model) {
    return isFull(model) && pausedUntil == null;
  }

  /** Whether only requests for other models keep the model out. */
  boolean isCrowdedOut(ModelName model) {
    return seats.models() >= spec.residentModels() && seats.taken(model) == 0;
  }

  /** Since when it has not been of any use. */
  Optional<Instant> uselessSince() {
    return isUseless(health) ? Optional.of(uselessSince) : Optional.empty();
  }

  private static boolean isUseless(Health health) {
    return health == Health.DOWN || health == Health.UNKNOWN;
  }
}
