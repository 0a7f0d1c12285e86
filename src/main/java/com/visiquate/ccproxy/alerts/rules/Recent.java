package com.visiquate.ccproxy.alerts.rules;

import java.util.LinkedHashMap;
import java.util.Map;

/** The last few; what was not used for the longest goes first. */
final class Recent<K, V> extends LinkedHashMap<K, V> {
  private final int most;

  Recent(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
