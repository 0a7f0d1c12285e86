package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What slots have put aside in main memory: the least recently used goes first. What is thought to
 * have gone is remembered for a while as doubted: a prompt that finds it after all tells that the
 * store is larger.
 */
final class Store {
  private static final int MOST = 64;
  private static final int MOST_DOUBTED = 32;

  /** As long as nobody relies on it: enough to notice that it is there. */
  private static final int FEW = 24;

  /** So many times the capacity is remembered. */
  private static final int REMEMBERED = 2;

  /** Of a stored prompt; one of which less can be used is not taken out. */
  private static final double WORTH = 0.25;

  private final List<Stored> believed = new ArrayList<>();
  private final List<Stored> doubted = new ArrayList<>();
  private int capacity;
  private int most = MOST;
  private int mostDoubted = MOST_DOUBTED;

  void resize(int characters) {
    capacity = characters;
    settle();
  }

  /** Whether what it holds counts; else less is remembered. */
  void counts(boolean believedIn) {
    most = believedIn ? MOST : FEW;
    mostDoubted = believedIn ? MOST_DOUBTED : 0;
  }

  void addTo(List<CachedPrompt> cachedPrompts) {
    for (Stored one : believed) {
      cachedPrompts.add(one.cached());
    }
  }

  /** How much of a request is kept of the turn before it. */
  int kept(Chain chain) {
    for (Stored one : believed) {
      if (chain.follows(one.cached().turn())) {
        return one.common(chain);
      }
    }
    return 0;
  }

  /** How many are of a role. */
  int ofRole(long role) {
    int count = 0;
    for (Stored one : believed) {
      count += one.cached().chain().role() == role ? 1 : 0;
    }
    return count;
  }

  /**
   * The one that helps a prompt more than what its slot holds, and of which more is used; one of
   * which little would be left is spared.
   *
   * @param kept what the prompt has in common with the slot, which holds {@code held}
   */
  @Nullable Stored best(Chain chain, int kept, int held) {
    return best(believed, chain, kept, held);
  }

  /** The same of those that are thought to have gone. */
  @Nullable Stored bestDoubted(Chain chain, int kept, int held) {
    return best(doubted, chain, kept, held);
  }

  private static @Nullable Stored best(List<Stored> from, Chain chain, int kept, int held) {
    Stored best = null;
    int longest = kept;
    double used = held == 0 ? 0 : (double) kept / held;
    for (Stored one : from) {
      int common = one.common(chain);
      double part = (double) common / one.length();
      if (part >= WORTH && part > used && common > longest) {
        best = one;
        longest = common;
        used = part;
      }
    }
    return best;
  }

  void remove(Stored one) {
    believed.remove(one);
  }

  /** Puts one aside; longer ones of the same conversation make shorter ones useless. */
  void add(CachedPrompt cached, boolean unsure) {
    Chain chain = cached.chain();
    believed.removeIf(older -> older.begins(chain));
    doubted.removeIf(older -> older.begins(chain));
    believed.add(new Stored(cached, unsure));
    int depth = deepen(believed, 0);
    deepen(doubted, depth);
    settle();
  }

  /** Whether it has room for one, when all others go. */
  boolean holds(CachedPrompt cached) {
    return cached.chain().length() <= capacity;
  }

  /** Who goes when so much more comes in and one of them is taken out. */
  List<CachedPrompt> evicted(int more, @Nullable Stored leaving) {
    int excess = more - capacity - (leaving == null ? 0 : leaving.length());
    int count = believed.size() + (more > 0 ? 1 : 0) - most;
    for (Stored one : believed) {
      excess += one.length();
    }
    List<CachedPrompt> evicted = new ArrayList<>();
    for (Stored one : believed) {
      if (excess <= 0 && count <= 0) {
        return evicted;
      }
      if (one != leaving) {
        evicted.add(one.cached());
        excess -= one.length();
        count--;
      }
    }
    return evicted;
  }

  void clear() {
    believed.clear();
    doubted.clear();
  }

  /** Tells each under how much it lies now, beginning with so much. */
  private static int deepen(List<Stored> stored, int above) {
    int depth = above;
    for (int i = stored.size() - 1; i >= 0; i--) {
      depth += stored.get(i).length();
      stored.get(i).lies(depth);
    }
    return depth;
  }

  /** What lay too deep once has gone for good: the deepest are always the oldest. */
  private void settle() {
    while (!doubted.isEmpty() && doubted.getLast().deepest() <= capacity && !isFull()) {
      believed.addFirst(doubted.removeLast());
    }
    while (!believed.isEmpty() && (believed.getFirst().deepest() > capacity || isOverfull())) {
      doubted.addLast(believed.removeFirst());
    }
    long deepest = (long) REMEMBERED * capacity;
    while (!doubted.isEmpty()
        && (doubted.getFirst().deepest() > deepest || doubted.size() > mostDoubted)) {
      doubted.removeFirst();
    }
  }

  private boolean isFull() {
    return believed.size() >= most;
  }

  private boolean isOverfull() {
    return believed.size() > most;
  }
}
