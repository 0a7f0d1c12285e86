package com.visiquate.ccproxy.records.table;

import com.visiquate.ccproxy.records.account.Sum;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Sums by day and value, of several questions together. */
final class Sums {
  /** A day when it is not asked by day. */
  static final long NO_DAY = -1;

  private final Map<Place, Sum> sums = new HashMap<>();

  /** Whose sum it is. */
  record Place(long day, String value) {}

  Sum at(long day, String value) {
    return sums.computeIfAbsent(new Place(day, value), none -> new Sum());
  }

  Map<Place, Sum> all() {
    return sums;
  }

  /** Forgets the values that are not among these. */
  void retain(Collection<String> values) {
    Set<String> wanted = new HashSet<>(values);
    sums.keySet().removeIf(place -> !wanted.contains(place.value()));
  }

  Sum total() {
    Sum total = new Sum();
    sums.values().forEach(total::add);
    return total;
  }
}
