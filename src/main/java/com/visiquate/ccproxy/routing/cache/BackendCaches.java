package com.visiquate.ccproxy.routing.cache;

import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelCard;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.PromptCache;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** Owns the shadows of one backend's caches, one for each model, and when they are forgotten. */
public final class BackendCaches {
  private final Map<ModelName, Cached> cached = new HashMap<>();

  /** Outlive an unloaded model: the same Ollama keeps its prompts by the same rule again. */
  private final Map<ModelName, CacheTruth> truths = new HashMap<>();

  private List<String> loaded = List.of();
  private String version = "";
  private final ToIntFunction<ModelName> slots;
  private List<InstalledModel> installed = List.of();
  private PromptCache kept;

  private record Cached(ModelSpec model, CacheModel cacheModel) {}

  /**
   * Empty ones.
   *
   * @param slots how many a model has at the moment
   * @param kept what it keeps besides them
   */
  public BackendCaches(ToIntFunction<ModelName> slots, PromptCache kept) {
    this.slots = slots;
    this.kept = kept;
  }

  /** Another configuration, of slots or of what is kept besides them. */
  public void configure(PromptCache changed) {
    if (!changed.equals(kept)) {
      kept = changed;
      cached.clear();
      truths.clear();
    }
    resize();
  }

  public CacheModel of(ModelSpec model) {
    return cached.computeIfAbsent(model.name(), name -> cached(model)).cacheModel();
  }

  /** A model that is not loaded any more took its caches along, and so did a restart. */
  public void heard(BackendStatus status) {
    boolean restarted = status.health() == Health.DOWN || !status.version().equals(version);
    List<String> before = loaded;
    loaded = status.loadedNames();
    version = status.version();
    if (!installed.equals(status.installed())) {
      installed = status.installed();
      cached.values().forEach(one -> one.cacheModel().truth().expect(expected(one.model())));
    }
    cached.values().removeIf(one -> restarted || isUnloaded(one.model(), before));
    if (restarted) {
      truths.clear();
    }
    resize();
  }

  /** The slots have changed. */
  public void resize() {
    cached.values().forEach(this::shape);
  }

  /** This model is loaded where there is no room for another. */
  public void keepOnly(ModelSpec model) {
    cached.values().removeIf(one -> !one.model().name().equals(model.name()));
  }

  /** The models of which it may hold anything. */
  public List<ModelSpec> models() {
    return cached.values().stream().map(Cached::model).toList();
  }

  /** All that is cached of other models. */
  public List<Displaced> besides(ModelSpec model) {
    return cached.values().stream()
        .filter(one -> !one.model().name().equals(model.name()))
        .flatMap(one -> one.cacheModel().cachedPrompts().stream())
        .map(Displaced::wholly)
        .toList();
  }

  /** Only what was seen in memory and is not there any more: a load in progress is not shown. */
  private boolean isUnloaded(ModelSpec model, List<String> before) {
    return before.stream().anyMatch(model::isCalled) && loaded.stream().noneMatch(model::isCalled);
  }

  private Cached cached(ModelSpec model) {
    CacheTruth truth =
        truths.computeIfAbsent(model.name(), name -> new CacheTruth(rule(), expected(model)));
    Cached fresh = new Cached(model, new CacheModel(truth));
    shape(fresh);
    return fresh;
  }

  private CacheRule rule() {
    return kept.isThere() ? CacheRule.of(version) : CacheRule.SLOTS;
  }

  /** Tokens that main memory should hold of a model. */
  private int expected(ModelSpec model) {
    for (InstalledModel one : installed) {
      if (model.isCalled(one.ollama())) {
        return kept.tokens(one.card());
      }
    }
    return kept.tokens(ModelCard.UNKNOWN);
  }

  private void shape(Cached one) {
    one.cacheModel().resize(slots.applyAsInt(one.model().name()));
  }
}
