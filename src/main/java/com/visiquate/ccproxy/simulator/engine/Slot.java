package com.visiquate.ccproxy.simulator.engine;

/** One place in a loaded model, and the tokens that its KV cache holds. */
final class Slot {
  private int[] cache = new int[0];
  private boolean busy;
  private long lastUsed;

  boolean free() {
    return !busy;
  }

  int[] cache() {
    return cache;
  }

  long lastUsed() {
    return lastUsed;
  }

  void occupy(long turn) {
    busy = true;
    lastUsed = turn;
  }

  /** Free again, holding what was computed in it. */
  void vacate(int[] tokens) {
    busy = false;
    cache = tokens;
  }

  void restore(int[] tokens) {
    cache = tokens;
  }
}
