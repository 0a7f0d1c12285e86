package com.visiquate.ccproxy.routing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one simulated Ollama really holds, by the rule of its generation. */
final class SwarmCache {
  private final boolean stores;
  private final int capacity;
  private final List<Slot> slots = new ArrayList<>();
  private final List<SwarmPrompt> store = new ArrayList<>();
  private long order;

  /** One slot; its content is what it computed last. */
  static final class Slot {
    private @Nullable SwarmPrompt content;
    private boolean busy;
    private long used;

    void free(SwarmPrompt left) {
      content = left;
      busy = false;
    }

    private int common(SwarmPrompt prompt) {
      SwarmPrompt held = content;
      return held == null ? 0 : held.common(prompt);
    }
  }

  SwarmCache(int count, int stored) {
    this.stores = stored > 0;
    this.capacity = stored;
    for (int i = 0; i < count; i++) {
      slots.add(new Slot());
    }
  }

  /** The slot that Ollama gives a prompt; there must be a free one. */
  Slot choose(SwarmPrompt prompt) {
    Slot closest = null;
    Slot oldest = null;
    for (Slot slot : slots) {
      if (!slot.busy) {
        closest = closest == null || rank(slot, prompt) > rank(closest, prompt) ? slot : closest;
        oldest = oldest == null || slot.used < oldest.used ? slot : oldest;
      }
    }
    if (closest == null || oldest == null) {
      throw new IllegalStateException("a request waits inside Ollama");
    }
    return stores && closest.common(prompt) * 10 <= prompt.tokens() ? oldest : closest;
  }

  /** Takes it; returns the tokens that need not be computed. */
  int take(Slot slot, SwarmPrompt prompt) {
    int kept = slot.common(prompt);
    SwarmPrompt content = slot.content;
    boolean loses = content == null || kept * 2 < content.tokens() || kept * 10 <= prompt.tokens();
    if (stores && loses) {
      kept = swap(content, prompt, kept);
    }
    slot.busy = true;
    slot.used = ++order;
    return kept;
  }

  void clear() {
    store.clear();
    slots.forEach(slot -> slot.content = null);
  }

  private int swap(@Nullable SwarmPrompt out, SwarmPrompt prompt, int kept) {
    int best = kept;
    double used = out == null ? 0 : (double) kept / out.tokens();
    SwarmPrompt found = null;
    for (SwarmPrompt stored : store) {
      int common = stored.common(prompt);
      double part = (double) common / stored.tokens();
      if (part >= 0.25 && part > used && common > best) {
        best = common;
        used = part;
        found = stored;
      }
    }
    store.remove(found);
    if (out != null) {
      store.removeIf(older -> older.common(out) == older.tokens());
      store.add(out);
    }
    while (store.stream().mapToInt(SwarmPrompt::tokens).sum() > capacity) {
      store.removeFirst();
    }
    return best;
  }

  /** The first tokens of a template are the same for all, so that any content beats none. */
  private static int rank(Slot slot, SwarmPrompt prompt) {
    return slot.content == null ? 0 : 1 + slot.common(prompt);
  }
}
