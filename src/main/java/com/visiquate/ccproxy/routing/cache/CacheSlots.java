package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one Ollama for one model. Owns which of them are free, which of those hold
 * something, and of what roles, so that no question walks through all of them.
 */
final class CacheSlots {
  private final List<CacheSlot> all = new ArrayList<>();

  /** The free ones, the longest unused first. */
  private final TreeSet<CacheSlot> free = new TreeSet<>(CacheSlots::byUse);

  /** The free ones that hold something. */
  private final TreeSet<CacheSlot> holders = new TreeSet<>(CacheSlots::byNumber);

  /** The same by what they begin with: those that begin otherwise have nothing in common. */
  private final Map<Long, TreeSet<CacheSlot>> byBeginning = new HashMap<>();

  private final Map<Long, Integer> roles = new HashMap<>();
  private long order;
  private int numbered;

  /** So many from now on; those that are taken stay until they are free and this is said again. */
  void resize(int slots) {
    while (all.size() < slots) {
      // No number twice: one that is still taken may have any of those that there were.
      CacheSlot slot = new CacheSlot(numbered++);
      all.add(slot);
      free.add(slot);
    }
    for (int i = all.size() - 1; all.size() > slots && i >= 0; i--) {
      if (!all.get(i).isTaken()) {
        unlist(all.remove(i));
      }
    }
  }

  /**
   * The free place with the most in common; null when none is free. The first few tokens of a
   * template are the same for all, so that any prompt beats an empty place.
   */
  @Nullable CacheSlot closest(Chain chain) {
    Set<CacheSlot> similar = byBeginning.get(chain.beginning());
    if (similar == null) {
      return holders.isEmpty() ? oldest() : holders.first();
    }
    CacheSlot best = null;
    int most = -1;
    for (CacheSlot slot : similar) {
      int common = slot.common(chain);
      if (common > most) {
        best = slot;
        most = common;
      }
      if (common >= chain.length()) {
        return slot;
      }
    }
    return best;
  }

  /** The free place that was not used for the longest time; null when none is free. */
  @Nullable CacheSlot oldest() {
    return free.isEmpty() ? null : free.first();
  }

  void take(CacheSlot slot) {
    unlist(slot);
    slot.take(++order);
  }

  /** One more than there are: Ollama runs what was not known to have room. */
  CacheSlot extra() {
    CacheSlot extra = new CacheSlot(-1);
    extra.take(++order);
    return extra;
  }

  void release(CacheSlot slot, @Nullable CachedPrompt left) {
    slot.free(left);
    if (slot.number() >= 0) {
      list(slot);
    }
  }

  void forget() {
    free.clear();
    holders.clear();
    byBeginning.clear();
    roles.clear();
    for (CacheSlot slot : all) {
      slot.forget();
      if (!slot.isTaken()) {
        free.add(slot);
      }
    }
  }

  /** The turn before this one, or this one before; null when no free place holds it. */
  @Nullable CachedPrompt home(Chain chain) {
    for (CacheSlot slot : holders) {
      CachedPrompt cached = slot.cached();
      if (cached != null && chain.follows(cached.turn())) {
        return cached;
      }
    }
    return null;
  }

  /** How many free places hold something of a role. */
  int ofRole(long role) {
    return roles.getOrDefault(role, 0);
  }

  /** What the free places hold. */
  List<CachedPrompt> cachedPrompts() {
    List<CachedPrompt> cachedPrompts = new ArrayList<>(holders.size());
    for (CacheSlot slot : holders) {
      CachedPrompt cached = slot.cached();
      if (cached != null) {
        cachedPrompts.add(cached);
      }
    }
    return cachedPrompts;
  }

  /** One method each, which costs a third of comparators of comparators. */
  private static int byUse(CacheSlot a, CacheSlot b) {
    return a.used() == b.used() ? byNumber(a, b) : Long.compare(a.used(), b.used());
  }

  private static int byNumber(CacheSlot a, CacheSlot b) {
    return Integer.compare(a.number(), b.number());
  }

  private void list(CacheSlot slot) {
    free.add(slot);
    CachedPrompt cached = slot.cached();
    if (cached != null) {
      holders.add(slot);
      byBeginning
          .computeIfAbsent(cached.chain().beginning(), first -> new TreeSet<>(CacheSlots::byNumber))
          .add(slot);
      roles.merge(cached.chain().role(), 1, Integer::sum);
    }
  }

  private void unlist(CacheSlot slot) {
    free.remove(slot);
    CachedPrompt cached = slot.cached();
    if (cached != null) {
      holders.remove(slot);
      byBeginning.computeIfPresent(
          cached.chain().beginning(),
          (first, similar) -> similar.remove(slot) && similar.isEmpty() ? null : similar);
      roles.computeIfPresent(cached.chain().role(), (role, count) -> count == 1 ? null : count - 1);
    }
  }
}
