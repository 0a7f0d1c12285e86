package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.request.Claim;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which models are loaded, and the queue of claims that need a load: served one at a time, in
 * order, a victim being waited for until it is idle.
 */
public final class Residency {
  private final Profile profile;
  private final Ledger ledger;
  private final Map<String, Resident> loaded = new LinkedHashMap<>();
  private final Deque<Claim> pending = new ArrayDeque<>();
  private @Nullable Claim loading;
  private long readyAt;

  Residency(Profile profile, Ledger ledger) {
    this.profile = profile;
    this.ledger = ledger;
  }

  /** How a claim was taken. */
  enum Admission {
    READY,
    QUEUED,
    FULL
  }

  Admission admit(Claim claim) {
    Resident resident = loaded.get(claim.model().name());
    if (resident != null && resident.fits(claim)) {
      resident.attach(claim);
      return Admission.READY;
    }
    // The one being loaded or waited for has left the queue already.
    if (pending.size() > profile.limits().maxQueue()) {
      return Admission.FULL;
    }
    pending.add(claim);
    return Admission.QUEUED;
  }

  @Nullable Resident resident(SimulatedModel model) {
    return loaded.get(model.name());
  }

  void release(Claim claim, long now) {
    Resident resident = loaded.get(claim.model().name());
    if (resident != null) {
      resident.release(now);
    }
  }

  /** The claimant has left; a load that was for it is given up. */
  void withdraw(Claim claim) {
    if (claim.equals(loading)) {
      loading = null;
      ledger.loadAborted();
    }
    pending.remove(claim);
  }

  /** Unload as soon as idle. */
  public void unload(SimulatedModel model) {
    Resident resident = loaded.get(model.name());
    if (resident != null) {
      resident.keep(Duration.ZERO);
    }
  }

  /** When the running load ends; in the past when nothing is being loaded. */
  long readyAt() {
    return loading == null ? Long.MIN_VALUE : readyAt;
  }

  boolean busy() {
    return loading != null || !pending.isEmpty();
  }

  /** The loaded models, the longest kept first. */
  public List<Resident> loaded(long now) {
    expire(now);
    return loaded.values().stream()
        .sorted(Comparator.comparingLong((Resident r) -> r.expiresAt(now)).reversed())
        .toList();
  }

  /** Moves loads and evictions on; returns the claims that have their model now. */
  List<Claim> advance(long now) {
    List<Claim> ready = new ArrayList<>();
    expire(now);
    boolean moved = true;
    while (moved && busy()) {
      moved = loading != null ? finish(now, ready) : serveNext(now, ready);
    }
    return ready;
  }

  private boolean finish(long now, List<Claim> ready) {
    Claim claim = loading;
    if (claim == null || now < readyAt) {
      return false;
    }
    loading = null;
    Profile.Limits limits = profile.limits();
    boolean single = claim.model().isServedAlone();
    int kept = claim.model().card().shape().fitting(limits.ramCache());
    SlotPool slots = new SlotPool(single ? 1 : limits.slots(), profile.generation(), kept);
    Resident resident = new Resident(claim, slots, limits.keepAlive(), now);
    loaded.put(claim.model().name(), resident);
    resident.attach(claim);
    ready.add(claim);
    return true;
  }

  private boolean serveNext(long now, List<Claim> ready) {
    Claim claim = pending.element();
    Resident resident = loaded.get(claim.model().name());
    if (resident != null && resident.fits(claim)) {
      pending.remove();
      resident.attach(claim);
      return ready.add(claim);
    }
    if (resident != null) {
      return resident.idle() && reload(resident, now);
    }
    if (loaded.size() < profile.limits().maxLoaded()) {
      return begin(now);
    }
    return evict();
  }

  private boolean reload(Resident resident, long now) {
    loaded.remove(resident.model().name());
    ledger.reload();
    return begin(now);
  }

  private boolean begin(long now) {
    Claim claim = pending.remove();
    loading = claim;
    double nanos = claim.model().load().toNanos() / profile.pace().scale();
    readyAt = now + (long) nanos;
    ledger.load();
    return true;
  }

  private boolean evict() {
    Comparator<Resident> shortest =
        Comparator.comparing((Resident r) -> r.keepAlive().isNegative())
            .thenComparing(Resident::keepAlive)
            .thenComparing(r -> r.model().name());
    Resident victim = loaded.values().stream().filter(Resident::idle).min(shortest).orElse(null);
    if (victim == null) {
      return false;
    }
    loaded.remove(victim.model().name());
    ledger.eviction();
    return true;
  }

  private void expire(long now) {
    loaded.values().removeIf(resident -> resident.expired(now));
  }
}
