package com.visiquate.ccproxy.backend.health;

import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The slots of one Ollama: who has one, and whether there is room for another. A model that is
 * being loaded takes no slot, but it counts as one of the models that run.
 */
public final class Slots {
  private record Taken(ModelName model, boolean ghost) {}

  private final Map<ExchangeId, Taken> taken = new LinkedHashMap<>();
  private final Map<ModelName, Integer> running = new HashMap<>();
  private final Map<ModelName, Integer> loads = new HashMap<>();
  private int perModel;
  private int residentModels;

  public Slots(int perModel, int residentModels) {
    resize(perModel, residentModels);
  }

  /** New bounds; whoever has a slot keeps it. */
  public void resize(int newPerModel, int newResidentModels) {
    perModel = newPerModel;
    residentModels = newResidentModels;
  }

  /** Takes a slot; else says why there is none. */
  public Optional<String> take(ExchangeId exchange, ModelName model) {
    return take(exchange, model, perModel);
  }

  /** The same for a model of which only so many may run. */
  public Optional<String> take(ExchangeId exchange, ModelName model, int most) {
    if (taken.containsKey(exchange)) {
      return Optional.of("it runs already");
    }
    int here = Math.min(most, perModel);
    if (of(model) >= here) {
      return Optional.of("all %d slots of %s are taken".formatted(here, model));
    }
    if (wouldSwap(model)) {
      return Optional.of("another model is running");
    }
    taken.put(exchange, new Taken(model, false));
    running.merge(model, 1, Integer::sum);
    return Optional.empty();
  }

  /** The client has left, its prompt goes on. */
  public void haunt(ExchangeId exchange) {
    taken.computeIfPresent(exchange, (id, slot) -> new Taken(slot.model(), true));
  }

  /** The same request is here again; the slot is its own from now on. */
  public void takeOver(ExchangeId from, ExchangeId to) {
    Taken slot = taken.remove(from);
    if (slot != null) {
      taken.put(to, new Taken(slot.model(), false));
    }
  }

  /** Whether a slot was given back: true once for each that was taken. */
  public boolean free(ExchangeId exchange) {
    Taken slot = taken.remove(exchange);
    if (slot != null) {
      running.computeIfPresent(slot.model(), (name, count) -> count == 1 ? null : count - 1);
    }
    return slot != null;
  }

  /** Announces a load; false when it would push out a model that runs. */
  public boolean load(ModelName model) {
    if (wouldSwap(model)) {
      return false;
    }
    loads.merge(model, 1, Integer::sum);
    return true;
  }

  public void loadEnded(ModelName model) {
    loads.computeIfPresent(model, (name, count) -> count == 1 ? null : count - 1);
  }

  public int running() {
    return taken.size() - ghosts();
  }

  public int ghosts() {
    return (int) taken.values().stream().filter(Taken::ghost).count();
  }

  public boolean isEmpty() {
    return taken.isEmpty() && loads.isEmpty();
  }

  /** Whether requests run for a model, or it is being loaded. */
  public boolean isBusy(ModelName model) {
    return running.containsKey(model) || loads.containsKey(model);
  }

  public boolean isLoading() {
    return !loads.isEmpty();
  }

  private int of(ModelName model) {
    return running.getOrDefault(model, 0);
  }

  /** Ollama would keep the request waiting until another model has gone idle. */
  private boolean wouldSwap(ModelName model) {
    if (isBusy(model)) {
      return false;
    }
    Set<ModelName> busy = new HashSet<>(loads.keySet());
    busy.addAll(running.keySet());
    return busy.size() >= residentModels;
  }
}
