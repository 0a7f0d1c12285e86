package com.visiquate.ccproxy.records.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Entries that wait to be written together; steps of one record become one. */
public final class Gathering {
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final int most;
  private long lost;

  /**
   * None yet.
   *
   * @param most that are kept when they cannot be written
   */
  public Gathering(int most) {
    this.most = most;
  }

  public void add(Entry entry) {
    entries.merge(entry.now().id(), entry, Entry::then);
    if (entries.size() > most) {
      entries.remove(entries.keySet().iterator().next());
      lost++;
    }
  }

  /** Those that could not be written go before all that came since. */
  public void giveBack(List<Entry> unwritten) {
    List<Entry> since = take();
    unwritten.forEach(this::add);
    since.forEach(this::add);
  }

  public List<Entry> take() {
    List<Entry> all = List.copyOf(entries.values());
    entries.clear();
    return all;
  }

  public int size() {
    return entries.size();
  }

  /** How many there was no room for. */
  public long lost() {
    return lost;
  }
}
