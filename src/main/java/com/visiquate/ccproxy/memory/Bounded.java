package com.visiquate.ccproxy.memory;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToLongFunction;

/**
 * A map that is bounded in number and bytes; what nobody asked for the longest is forgotten first.
 *
 * <p>It belongs to one thread.
 */
final class Bounded<K, V> {
  private final int most;
  private final long mostBytes;
  private final ToLongFunction<V> sizes;
  private final Map<K, V> byAge = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;

  /**
   * @param most how many to keep; 0 keeps none
   * @param mostBytes how much they may hold together
   * @param sizes tells how much one holds, always the same of the same one
   */
  Bounded(int most, long mostBytes, ToLongFunction<V> sizes) {
    this.most = most;
    this.mostBytes = mostBytes;
    this.sizes = sizes;
  }

  /** Keeps a value, unless it alone is too large: then the others stay. */
  void put(K key, V value) {
    remove(key);
    long size = sizes.applyAsLong(value);
    if (size > mostBytes) {
      return;
    }
    byAge.put(key, value);
    bytes += size;
    forgetOldest();
  }

  /** A value, which counts as used by that. */
  Optional<V> find(K key) {
    return Optional.ofNullable(byAge.get(key));
  }

  /** Forgets a value; false when it was not there. */
  boolean remove(K key) {
    V removed = byAge.remove(key);
    bytes -= removed == null ? 0 : sizes.applyAsLong(removed);
    return removed != null;
  }

  int size() {
    return byAge.size();
  }

  long bytes() {
    return bytes;
  }

  private void forgetOldest() {
    Iterator<V> oldest = byAge.values().iterator();
    while (byAge.size() > most || bytes > mostBytes) {
      bytes -= sizes.applyAsLong(oldest.next());
      oldest.remove();
    }
  }
}
