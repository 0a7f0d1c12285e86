package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.dialect.Field;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The fields that a request has in vain; bounded, because clients choose their names. */
final class Dropped {
  private static final int MOST = 32;
  private static final int LONGEST = 64;
  private final Set<String> names = new LinkedHashSet<>();

  void add(String name) {
    if (names.size() < MOST) {
      names.add(name.length() <= LONGEST ? name : name.substring(0, LONGEST));
    }
  }

  /** Every member that nobody reads and that is not null. */
  void addUnknown(Field object, Set<String> known) {
    addUnknown(object, List.of(known));
  }

  /** The same for what is known in several places. */
  void addUnknown(Field object, List<Set<String>> known) {
    for (String name : object.names()) {
      Field member = object.at(name);
      boolean unknown = known.stream().noneMatch(names -> names.contains(name));
      if (unknown && !member.isAbsent()) {
        add(member.path());
      }
    }
  }

  List<String> names() {
    return List.copyOf(names);
  }
}
