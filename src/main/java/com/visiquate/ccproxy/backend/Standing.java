package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.exchange.Departure;
import com.visiquate.ccproxy.backend.health.HealthState;
import com.visiquate.ccproxy.backend.health.Residency;
import com.visiquate.ccproxy.backend.health.Slots;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Reading;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Everything that one backend knows of itself; whoever changes it publishes it anew. */
public final class Standing {
  private final Slots slots;
  private final Residency residency = new Residency();
  private final InstantSource clock;
  private final Runnable changed;
  private BackendSpec spec;
  private Limits limits;
  private HealthState health = new HealthState.Unknown();
  private final HealthNews news = new HealthNews();
  private String version = "";
  private List<LoadedModel> loaded = List.of();
  private List<InstalledModel> installed = List.of();
  private int waiting;
  private final Doors doors;
  private boolean haunted;

  public Standing(BackendSpec spec, Limits limits, InstantSource clock, Runnable changed) {
    this.spec = spec;
    this.limits = limits;
    this.clock = clock;
    this.changed = changed;
    doors = new Doors(changed);
    slots = new Slots(spec.slots(), spec.residentModels());
  }

  BackendSpec spec() {
    return spec;
  }

  public Limits limits() {
    return limits;
  }

  public Slots slots() {
    return slots;
  }

  public Health health() {
    return health.health();
  }

  /** What configuration says now; another address is another Ollama, of which nothing is known. */
  public void replan(BackendSpec newSpec, Limits newLimits) {
    if (!newSpec.url().equals(spec.url())) {
      health = new HealthState.Unknown();
      forget();
    }
    spec = newSpec;
    limits = newLimits;
    slots.resize(spec.slots(), spec.residentModels());
    changed.run();
  }

  Doors doors() {
    return doors;
  }

  public void expect(int requests) {
    waiting = requests;
    changed.run();
  }

  /** Why nothing can be started here now; empty when something can. */
  public Optional<String> obstacle() {
    return doors.obstacle().or(this::illness);
  }

  private Optional<String> illness() {
    return switch (health()) {
      case DOWN -> Optional.of("it is down");
      case PROBING -> Optional.of("one request is proving it").filter(it -> slots.running() > 0);
      case UNKNOWN, UP, SUSPECT -> Optional.empty();
    };
  }

  /** Takes a slot; else says why there is none. A serial model has one, whatever is configured. */
  public Optional<String> take(BusMessage.Start start) {
    InstalledModel installed = installed(start.model());
    boolean serial = installed != null && installed.serial();
    int most = serial ? 1 : spec.slots();
    return slots.take(start.exchange(), start.model().name(), most);
  }

  /** Whatever its version is known to do, a prompt whose connection was closed went on here. */
  public void haunted() {
    haunted = true;
  }

  /** A probe was answered, by this version. */
  public void answered(String newVersion) {
    if (!newVersion.equals(version)) {
      forget();
    }
    version = newVersion;
    become(health.answered());
  }

  /** One that was not heard of before is there, and can do this. */
  public void introduced(String newVersion, List<InstalledModel> models) {
    forget();
    version = newVersion;
    installed = List.copyOf(models);
    become(health.answered());
    changed.run();
  }

  /** Whether it is the one that was heard of before. */
  public boolean isOf(String newVersion) {
    return newVersion.equals(version);
  }

  public void proved() {
    become(health.proved());
  }

  public void hung(String why) {
    become(health.hung(why));
  }

  public void failed(String why) {
    become(health.failed(why));
  }

  /**
   * What Ollama has in its memory.
   *
   * @param asked when it was asked
   */
  public void loaded(List<LoadedModel> models, Instant asked) {
    loaded = List.copyOf(models);
    residency.read(asked);
    changed.run();
  }

  public Residency residency() {
    return residency;
  }

  public Instant now() {
    return clock.instant();
  }

  public void installed(List<InstalledModel> models) {
    installed = List.copyOf(models);
    changed.run();
  }

  public List<InstalledModel> installed() {
    return installed;
  }

  public @Nullable InstalledModel installed(ModelSpec model) {
    for (InstalledModel one : installed) {
      if (model.isCalled(one.ollama())) {
        return one;
      }
    }
    return null;
  }

  /** Whether a model is in memory: Ollama has said so, and its time has not run out since. */
  public boolean isResident(ModelSpec model) {
    return !residency.isGone(model.name(), clock.instant())
        && loaded.stream().anyMatch(one -> model.isCalled(one.ollama()));
  }

  /** What becomes of a prompt that was sent so long ago and whose client leaves now. */
  public Departure departure(BusMessage.Start start, Duration sent) {
    Reading reading = spec.slots() == 1 ? start.reading() : start.reading().amongOthers();
    return rule(start.model()).during(reading, sent);
  }

  /** The same for any prompt of this model. */
  Departure rule(ModelSpec model) {
    boolean corrected = haunted && spec.ghosts() == GhostRule.AUTO;
    GhostRule rule = corrected ? GhostRule.FINISHES : spec.ghosts();
    return Departure.of(rule, version, isResident(model));
  }

  public BackendStatus status() {
    return new BackendStatus(
        spec.id(),
        health(),
        version,
        spec.slots(),
        slots.running(),
        slots.ghosts(),
        waiting,
        loaded,
        installed,
        health.reason(),
        doors.withheld());
  }

  private void become(HealthState next) {
    if (next.equals(health)) {
      return;
    }
    health = next;
    if (health() == Health.DOWN) {
      loaded = List.of();
      haunted = false;
    }
    news.heard(spec.id(), health, version);
    changed.run();
  }

  private void forget() {
    haunted = false;
    version = "";
    loaded = List.of();
    installed = List.of();
  }
}
