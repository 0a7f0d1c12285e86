package com.visiquate.ccproxy.routing.backends;

import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The models that a backend has in memory, as far as it was seen or follows from what runs there,
 * and whether another one still fits.
 */
public final class ResidentModels {
  private final SlotCounts taken;
  private final Set<String> loaded = new HashSet<>();
  private int most;

  ResidentModels(SlotCounts taken, int most) {
    this.taken = taken;
    this.most = most;
  }

  /** So many fit from now on. */
  void resize(int models) {
    most = models;
  }

  int most() {
    return most;
  }

  /** The backend has told what it has loaded, by the names that Ollama has for it. */
  void heard(List<String> names) {
    loaded.clear();
    loaded.addAll(names);
  }

  /** A request for the model was answered, so that it must be there. */
  public void loaded(ModelSpec model) {
    loaded.add(model.ollama());
  }

  /** A request for the model starts; whether the others go, because there is no room beside it. */
  boolean makeRoom(ModelSpec model) {
    boolean evicts = evicts(model);
    if (evicts) {
      loaded.clear();
    }
    return evicts;
  }

  /** Whether another model must be unloaded for this one. */
  public boolean evicts(ModelSpec model) {
    return !isResident(model) && loaded.size() >= most;
  }

  /** Whether a request for the model finds it in memory, or on its way there. */
  public boolean isResident(ModelSpec model) {
    return taken.of(model.name()) > 0 || model.isAmong(loaded);
  }

  /** Whether only requests for other models keep the model out. */
  public boolean isCrowdedOut(ModelName model) {
    return taken.models() >= most && taken.of(model) == 0;
  }
}
