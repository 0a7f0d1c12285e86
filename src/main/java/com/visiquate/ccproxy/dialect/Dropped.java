package com.visiquate.ccproxy.dialect;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a request holds in vain, by name; bounded, because clients choose the names. */
public final class Dropped {
  private static final int MOST = 32;
  private static final int LONGEST = 64;

  private final Set<String> names = new LinkedHashSet<>();

  public void add(String name) {
    if (names.size() < MOST) {
      names.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST));
    }
  }

  public void addIf(boolean condition, String name) {
    if (condition) {
      add(name);
    }
  }

  /** Every member of the body that nobody knows and that is not null. */
  public void addUnknown(Field body, Set<String> known) {
    addUnknown(body, List.of(known));
  }

  /** The same for what is known in several places. */
  public void addUnknown(Field body, List<Set<String>> known) {
    for (String name : body.names()) {
      boolean unknown = known.stream().noneMatch(names -> names.contains(name));
      addIf(unknown && !body.at(name).isAbsent(), name);
    }
  }

  public List<String> names() {
    return List.copyOf(names);
  }
}
