package com.visiquate.ccproxy.routing.backends;

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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The scheduler's view of one backend; owns the slots that the scheduler has given out there. */
public final class BackendView {
  private final TakenSlots takenSlots = new TakenSlots();
  private final ResidentModels memory;
  private final Pause pause = new Pause();
  private final Map<ModelName, ModelBackends> serves = new HashMap<>();
  private final BackendCaches caches;
  private Host host = Host.unbounded();
  private BackendSpec spec;
  private List<InstalledModel> installed = List.of();
  private Set<ModelName> serial = Set.of();
  private int slots;
  private boolean configured = true;
  private Health health = Health.UNKNOWN;
  private boolean withheld;
  private Instant uselessSince;

  BackendView(BackendSpec spec, Instant now) {
    this.spec = spec;
    this.slots = spec.slots();
    this.memory = new ResidentModels(takenSlots.counts(), spec.residentModels());
    this.caches = new BackendCaches(this::slots, spec.promptCache());
    this.uselessSince = now;
  }

  public BackendId id() {
    return spec.id();
  }

  public BackendSpec spec() {
    return spec;
  }

  /** How it is for new work: one that an operator withholds is of no use, however well it is. */
  public Health health() {
    return withheld ? Health.DOWN : health;
  }

  /** How it says that it is. */
  public Health reported() {
    return health;
  }

  public int slots() {
    return slots;
  }

  /** Those that requests for this model have. */
  public int slots(ModelName model) {
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
    memory.resize(changed.residentModels());
    caches.configure(changed.promptCache());
    configured = true;
  }

  public Host host() {
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
  void serves(ModelBackends model) {
    serves.put(model.model(), model);
  }

  private void changed() {
    for (ModelBackends model : serves.values()) {
      model.changed(this);
    }
  }

  void heard(BackendStatus status, Instant now) {
    uselessSince = isUseless(health) == isUseless(status.health()) ? uselessSince : now;
    health = status.health();
    withheld = status.withheld() != null;
    slots = status.slots() > 0 ? status.slots() : slots;
    installed = status.installed();
    caches.heard(status);
    memory.heard(status.loadedNames());
    if (status.running() + status.ghosts() < slots * memory.most()) {
      pause.end();
    }
    changed();
  }

  /** When its pause ends, or has ended; null when it has none. */
  @Nullable Instant pausedUntil() {
    return pause.until();
  }

  public void take(ExchangeId exchange, TakenSlot taken) {
    takenSlots.add(exchange, taken);
    taken.beginsOn(host);
    look(taken);
  }

  public void takeOver(ExchangeId from, ExchangeId to, TakenSlot taken) {
    takenSlots.takeOver(from, to, taken);
  }

  public Optional<TakenSlot> takenBy(ExchangeId exchange) {
    return Optional.ofNullable(takenSlots.of(exchange));
  }

  /** It is free again, so that a pause has no reason any more. */
  public void release(ExchangeId exchange) {
    TakenSlot taken = takenSlots.remove(exchange);
    if (taken != null && pause.isSet()) {
      pause.end();
      changed();
    } else if (taken != null) {
      look(taken);
    }
  }

  /** Only what its model has taken is different now. */
  private void look(TakenSlot taken) {
    ModelBackends model = serves.get(taken.model());
    if (model != null) {
      model.look(this);
    }
  }

  /** It had no room for this one, whatever was thought: it is left alone for a moment. */
  public void handBack(ExchangeId exchange, Instant now) {
    takenSlots.remove(exchange);
    pause.begin(now);
    changed();
  }

  public TakenSlots taken() {
    return takenSlots;
  }

  /** The models that it has in memory. */
  public ResidentModels memory() {
    return memory;
  }

  /** What it is thought to hold of the prompts of a model. */
  public CacheModel cache(ModelSpec model) {
    return caches.of(model);
  }

  /** The models of whose prompts it may hold anything. */
  public List<ModelSpec> models() {
    return caches.models();
  }

  /** A request for the model starts: where there is no room beside it, the others go. */
  public void makeRoom(ModelSpec model) {
    if (memory.makeRoom(model)) {
      caches.keepOnly(model);
    }
  }

  /** All that is cached of other models. */
  public List<Displaced> evicted(ModelSpec model) {
    return caches.besides(model);
  }

  /** Slots that a request for the model could take now. */
  public int free(ModelName model, Instant now) {
    if (withheld || pause.holds(now) || memory.isCrowdedOut(model)) {
      return 0;
    }
    int most =
        health == Health.PROBING ? 1 - takenSlots.size() : slots(model) - takenSlots.taken(model);
    return Math.max(0, Math.min(most, host.room()));
  }

  /** Whether it is well, and only its own requests keep the model from more slots. */
  public boolean isFull(ModelName model) {
    return health == Health.UP && takenSlots.taken(model) >= slots(model);
  }

  /** Whether nothing can be different for the model before it has told of a change. */
  boolean isBusy(ModelName model) {
    return isFull(model) && !pause.isSet();
  }

  /** Since when it has not been of any use. */
  Optional<Instant> uselessSince() {
    return isUseless(health) ? Optional.of(uselessSince) : Optional.empty();
  }

  private static boolean isUseless(Health health) {
    return health == Health.DOWN || health == Health.UNKNOWN;
  }
}
