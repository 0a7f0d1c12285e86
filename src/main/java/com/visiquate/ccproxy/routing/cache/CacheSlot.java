package com.visiquate.ccproxy.routing.cache;

import org.jspecify.annotations.Nullable;

/** One slot of an Ollama as far as its cache goes: what it holds, and whether it is taken. */
final class CacheSlot {
  private final int number;
  private @Nullable CachedPrompt cached;
  private boolean taken;
  private long used;

  CacheSlot(int number) {
    this.number = number;
  }

  /** In the order in which Ollama looks through its slots. */
  int number() {
    return number;
  }

  /** What it holds; null when that is nothing, or not known. */
  @Nullable CachedPrompt cached() {
    return cached;
  }

  boolean isTaken() {
    return taken;
  }

  /** When it was used last, as a number that only grows; 0 when never. */
  long used() {
    return used;
  }

  int common(Chain chain) {
    return cached == null ? 0 : cached.chain().common(chain);
  }

  int length() {
    return cached == null ? 0 : cached.chain().length();
  }

  void take(long order) {
    taken = true;
    used = order;
    cached = null;
  }

  void free(@Nullable CachedPrompt left) {
    taken = false;
    cached = left;
  }

  void forget() {
    cached = null;
    used = taken ? used : 0;
  }
}
