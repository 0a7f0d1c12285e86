package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What slots have put aside in main memory: the least recently used goes first. */
final class Store {
  private static final int MOST = 64;

  private final List<Resident> residents = new ArrayList<>();
  private int capacity;

  void resize(int characters) {
    capacity = characters;
    trim(evicted(0, null));
  }

  List<Resident> residents() {
    return residents;
  }

  /** The one with the longest prefix in common, if that is longer than so much. */
  @Nullable Resident best(Chain chain, int longerThan) {
    Resident best = null;
    int longest = longerThan;
    for (Resident resident : residents) {
      int common = resident.chain().common(chain);
      best = common > longest ? resident : best;
      longest = Math.max(common, longest);
    }
    return best;
  }

  void remove(Resident resident) {
    residents.remove(resident);
  }

  /** Puts one aside; longer ones of the same conversation make shorter ones useless. */
  void add(Resident resident) {
    Chain chain = resident.chain();
    residents.removeIf(older -> older.chain().common(chain) == older.chain().length());
    trim(evicted(chain.length(), null));
    if (chain.length() <= capacity) {
      residents.add(resident);
    }
  }

  /** Who goes when so much more comes in and one of them is taken out. */
  List<Resident> evicted(int more, @Nullable Resident leaving) {
    int excess = more - capacity - (leaving == null ? 0 : leaving.chain().length());
    int count = residents.size() + (more > 0 ? 1 : 0) - MOST;
    for (Resident resident : residents) {
      excess += resident.chain().length();
    }
    List<Resident> evicted = new ArrayList<>();
    for (Resident resident : residents) {
      if (excess <= 0 && count <= 0) {
        return evicted;
      }
      if (!resident.equals(leaving)) {
        evicted.add(resident);
        excess -= resident.chain().length();
        count--;
      }
    }
    return evicted;
  }

  void clear() {
    residents.clear();
  }

  private void trim(List<Resident> evicted) {
    residents.removeAll(evicted);
  }
}
