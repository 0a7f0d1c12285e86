package com.visiquate.ccproxy.routing.cache;

import java.util.List;

/**
 * What one Ollama still holds of its prompts for one model. Owns one theory for each rule by which
 * it may keep them; what is said of it follows the one that is believed, see {@link CacheTruth}.
 */
public final class CacheModel {
  /** Characters of a token, until something is known. */
  private static final double USUAL = 3.5;

  private final SlotTheory slots = new SlotTheory();
  private final StoreTheory store = new StoreTheory();
  private final CacheTruth truth;

  public CacheModel(CacheTruth truth) {
    this.truth = truth;
    density(1 / USUAL);
  }

  /** By which rule it is thought to keep them. */
  public CacheTruth truth() {
    return truth;
  }

  /** So many slots from now on. */
  public void resize(int count) {
    slots.resize(count);
    store.resize(count);
  }

  /** Tokens of one character of a prompt; what main memory holds is counted in tokens. */
  public void density(double tokens) {
    capacity((int) (truth.tokens() / tokens));
  }

  void capacity(int characters) {
    store.capacity(characters);
  }

  public Outlook outlook(Chain chain) {
    return believed().outlook(chain);
  }

  /** How much of a request is kept of the turn before it; 0 when that is not here. */
  public int kept(Chain chain) {
    return believed().kept(chain);
  }

  /** A request runs here from now on. */
  public Lease take(Chain chain) {
    boolean stores = truth.rule() == CacheRule.STORE;
    store.counts(stores);
    SlotUse inSlots = slots.take(chain);
    SlotUse inStore = store.take(chain);
    TheoryTest question = TheoryTest.between(inSlots.promise(), inStore.promise(), chain.length());
    return stores
        ? new Lease(inStore, inSlots, question, truth)
        : new Lease(inSlots, inStore, question, truth);
  }

  /** The model was unloaded, or its Ollama restarted. */
  public void clear() {
    slots.clear();
    store.clear();
  }

  /** All that it holds besides what runs. */
  public List<CachedPrompt> cachedPrompts() {
    return believed().cachedPrompts();
  }

  /** Those that a prompt of a stranger would displace, in whichever free place it ran. */
  public List<CachedPrompt> exposed() {
    return believed().exposed();
  }

  private Theory believed() {
    return truth.rule() == CacheRule.STORE ? store : slots;
  }
}
