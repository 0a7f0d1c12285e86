package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What slots have put aside in main memory: the least recently used goes first. */
final class Store {
  private static final int MOST = 64;

  /** Of a stored prompt; one of which less can be used is not taken out. */
  private static final double WORTH = 0.25;

  private final List<Resident> residents = new ArrayList<>();
  private int capacity;

  void resize(int characters) {
    capacity = characters;
    trim(evicted(0, null));
  }

  List<Resident> residents() {
    return residents;
  }

  /**
   * The one that helps a prompt more than what its slot holds, and of which more is used; one of
   * which little would be left is spared.
   *
   * @param kept what the prompt has in common with the slot, which holds {@code held}
   */
  @Nullable Resident best(Chain chain, int kept, int held) {
    Resident best = null;
    int longest = kept;
    double used = held == 0 ? 0 : (double) kept / held;
    for (Resident resident : residents) {
      int common = resident.chain().common(chain);
      double part = (double) common / resident.chain().length();
      if (part >= WORTH && part > used && common > longest) {
        best = resident;
        longest = common;
        used = part;
      }
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
