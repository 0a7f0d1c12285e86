package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CacheRule#STORE}: what is replaced in a slot is kept in main memory. */
final class StoreTheory extends Theory {
  /** Of the new prompt; less in common is no reason to choose a slot. */
  private static final double ENOUGH = 0.1;

  /** Of what a slot holds; when less remains it is put aside first. */
  private static final double MOST_OF_IT = 0.5;

  private final Store store = new Store();

  /** Of what a slot holds: characters are so many tokens more or less. */
  private static final double ABOUT = 0.02;

  /** What a place would do for a request. */
  private record Choice(CacheSlot slot, @Nullable Stored stored, int kept, boolean putsAside) {}

  /** How many characters main memory is thought to hold. */
  void capacity(int characters) {
    store.resize(characters);
  }

  /** Whether this theory is believed; else it remembers less. */
  void counts(boolean believed) {
    store.counts(believed);
  }

  @Override
  void clear() {
    super.clear();
    store.clear();
  }

  @Override
  Outlook outlook(Chain chain) {
    Choice choice = choice(chain);
    return choice == null
        ? Outlook.NOTHING
        : new Outlook(choice.kept(), choice.slot().cached(), displaced(choice, chain));
  }

  @Override
  int kept(Chain chain) {
    return Math.max(super.kept(chain), store.kept(chain));
  }

  @Override
  SlotUse take(Chain chain) {
    Choice choice = choice(chain);
    if (choice == null) {
      return SlotUse.extra(slots);
    }
    ExpectedReuse promise = promise(choice, chain);
    CacheSlot slot = choice.slot();
    CachedPrompt before = slot.cached();
    Stored stored = choice.stored();
    if (stored != null) {
      store.remove(stored);
    }
    if (before != null && choice.putsAside()) {
      store.add(before, isUnsure(slot, chain));
    }
    slots.take(slot);
    return new SlotUse(slots, slot, before, promise);
  }

  @Override
  List<CachedPrompt> cachedPrompts() {
    List<CachedPrompt> cachedPrompts = slots.cachedPrompts();
    store.addTo(cachedPrompts);
    return cachedPrompts;
  }

  @Override
  List<CachedPrompt> exposed() {
    List<CachedPrompt> exposed = new ArrayList<>();
    for (Displaced one : outlook(Chain.EMPTY).displaced()) {
      exposed.add(one.cached());
    }
    return exposed;
  }

  /** Whether it is put aside only just. */
  private static boolean isUnsure(CacheSlot slot, Chain chain) {
    int most = (int) (MOST_OF_IT * slot.length());
    return Math.abs(slot.common(chain) - most) < ABOUT * slot.length();
  }

  private ExpectedReuse promise(Choice choice, Chain chain) {
    int slot = choice.slot().common(chain);
    int held = choice.slot().length();
    Stored stored = choice.stored();
    int used = stored == null ? held : stored.length();
    Stored doubted = choice.putsAside() ? store.bestDoubted(chain, choice.kept(), used) : null;
    Stored deepest = doubted == null ? stored : doubted;
    return deepest == null
        ? ExpectedReuse.ofSlot(slot)
        : new ExpectedReuse(
            choice.kept(), slot, deepest.common(chain), deepest.deepest(), deepest.isUnsure());
  }

  private List<Displaced> displaced(Choice choice, Chain chain) {
    CachedPrompt cached = choice.slot().cached();
    if (cached == null) {
      return List.of();
    }
    List<CachedPrompt> going = going(choice, cached);
    List<Displaced> displaced = new ArrayList<>(going.size());
    for (CachedPrompt one : going) {
      displaced.add(Displaced.by(chain, one, isLast(one, going)));
    }
    return displaced;
  }

  /**
   * What comes back from main memory leaves it, and is overwritten where it goes on otherwise; what
   * is longer than all of main memory is not kept there.
   */
  private List<CachedPrompt> going(Choice choice, CachedPrompt cached) {
    if (!choice.putsAside()) {
      return List.of(cached);
    }
    Stored stored = choice.stored();
    List<CachedPrompt> going = store.evicted(cached.chain().length(), stored);
    if (!store.holds(cached)) {
      going.add(cached);
    }
    if (stored != null) {
      going.add(stored.cached());
    }
    return going;
  }

  /** Whether nothing else here is of the same role, besides what goes with it. */
  private boolean isLast(CachedPrompt cached, List<CachedPrompt> going) {
    long role = cached.chain().role();
    int gone = 0;
    for (CachedPrompt one : going) {
      gone += one.chain().role() == role ? 1 : 0;
    }
    return slots.ofRole(role) + store.ofRole(role) == gone;
  }

  /** What Ollama would do with a prompt; null when no place is free. */
  private @Nullable Choice choice(Chain chain) {
    CacheSlot closest = slots.closest(chain);
    CacheSlot oldest = slots.oldest();
    if (closest == null || oldest == null) {
      return null;
    }
    boolean similar = closest.common(chain) > ENOUGH * chain.length();
    CacheSlot chosen = similar ? closest : oldest;
    int kept = chosen.common(chain);
    boolean putsAside = !similar || kept < MOST_OF_IT * chosen.length();
    Stored stored = putsAside ? store.best(chain, kept, chosen.length()) : null;
    int longest = stored == null ? kept : stored.common(chain);
    return new Choice(chosen, stored, longest, putsAside);
  }
}
