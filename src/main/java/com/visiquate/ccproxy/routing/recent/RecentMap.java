package com.visiquate.ccproxy.routing.recent;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that forgets what was not asked for longest when it has grown too large. */
public final class RecentMap<K, V> extends LinkedHashMap<K, V> {
  private static final long serialVersionUID = 1;

  private final int most;

  public RecentMap(int most) {
    super(16, 0.75f, true);
    this.most = most;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > most;
  }
}
