package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The slots of one Ollama for one model. Owns which of them are free, which of those hold
 * something, and of what roles, so that no question walks through all of them.
 */
final class Places {
  private final List<Place> all = new ArrayList<>();

  /** The free ones, the longest unused first. */
  private final TreeSet<Place> free = new TreeSet<>(Places::byUse);

  /** The free ones that hold something. */
  private final TreeSet<Place> holders = new TreeSet<>(Places::byNumber);

  /** The same by what they begin with: those that begin otherwise have nothing in common. */
  private final Map<Long, TreeSet<Place>> byBeginning = new HashMap<>();

  private final Map<Long, Integer> roles = new HashMap<>();
  private long order;
  private int numbered;

  /** So many from now on; those that are taken stay until they are free and this is said again. */
  void resize(int slots) {
    while (all.size() < slots) {
      // No number twice: one that is still taken may have any of those that there were.
      Place place = new Place(numbered++);
      all.add(place);
      free.add(place);
    }
    for (int i = all.size() - 1; all.size() > slots && i >= 0; i--) {
      if (!all.get(i).isTaken()) {
        unlist(all.remove(i));
      }
    }
  }

  /**
   * The free place with the most in common; null when none is free. The first few tokens of a
   * template are the same for all, so that any prompt beats an empty place.
   */
  @Nullable Place closest(Chain chain) {
    Set<Place> similar = byBeginning.get(chain.beginning());
    if (similar == null) {
      return holders.isEmpty() ? oldest() : holders.first();
    }
    Place best = null;
    int most = -1;
    for (Place place : similar) {
      int common = place.common(chain);
      if (common > most) {
        best = place;
        most = common;
      }
      if (common >= chain.length()) {
        return place;
      }
    }
    return best;
  }

  /** The free place that was not used for the longest time; null when none is free. */
  @Nullable Place oldest() {
    return free.isEmpty() ? null : free.first();
  }

  void take(Place place) {
    unlist(place);
    place.take(++order);
  }

  /** One more than there are: Ollama runs what was not known to have room. */
  Place extra() {
    Place extra = new Place(-1);
    extra.take(++order);
    return extra;
  }

  void release(Place place, @Nullable Resident left) {
    place.free(left);
    if (place.number() >= 0) {
      list(place);
    }
  }

  void forget() {
    free.clear();
    holders.clear();
    byBeginning.clear();
    roles.clear();
    for (Place place : all) {
      place.forget();
      if (!place.isTaken()) {
        free.add(place);
      }
    }
  }

  /** The turn before this one, or this one before; null when no free place holds it. */
  @Nullable Resident home(Chain chain) {
    for (Place place : holders) {
      Resident resident = place.resident();
      if (resident != null && chain.follows(resident.turn())) {
        return resident;
      }
    }
    return null;
  }

  /** How many free places hold something of a role. */
  int ofRole(long role) {
    return roles.getOrDefault(role, 0);
  }

  /** What the free places hold. */
  List<Resident> residents() {
    List<Resident> residents = new ArrayList<>(holders.size());
    for (Place place : holders) {
      Resident resident = place.resident();
      if (resident != null) {
        residents.add(resident);
      }
    }
    return residents;
  }

  /** One method each, which costs a third of comparators of comparators. */
  private static int byUse(Place a, Place b) {
    return a.used() == b.used() ? byNumber(a, b) : Long.compare(a.used(), b.used());
  }

  private static int byNumber(Place a, Place b) {
    return Integer.compare(a.number(), b.number());
  }

  private void list(Place place) {
    free.add(place);
    Resident resident = place.resident();
    if (resident != null) {
      holders.add(place);
      byBeginning
          .computeIfAbsent(resident.chain().beginning(), first -> new TreeSet<>(Places::byNumber))
          .add(place);
      roles.merge(resident.chain().role(), 1, Integer::sum);
    }
  }

  private void unlist(Place place) {
    free.remove(place);
    Resident resident = place.resident();
    if (resident != null) {
      holders.remove(place);
      byBeginning.computeIfPresent(
          resident.chain().beginning(),
          (first, similar) -> similar.remove(place) && similar.isEmpty() ? null : similar);
      roles.computeIfPresent(
          resident.chain().role(), (role, count) -> count == 1 ? null : count - 1);
    }
  }
}
