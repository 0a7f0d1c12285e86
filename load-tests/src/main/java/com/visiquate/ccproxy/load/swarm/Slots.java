package com.visiquate.ccproxy.load.swarm;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Who held which slot over time, to be drawn: the whole run, and ten minutes of it. */
final class Slots {
  static final List<String> NAMES = List.of("fast-1", "fast-2", "quality");
  private static final double MINUTES = 600;

  private final List<Held> held;
  private final Map<String, String> roles;
  private final List<String> names;
  private final double end;

  Slots(List<Assignment> assignments, List<Held> held, double end) {
    this.held = held;
    this.end = end;
    this.roles =
        assignments.stream().collect(Collectors.toMap(Assignment::agent, one -> one.role().name()));
    this.names = roles.values().stream().distinct().sorted().toList();
  }

  /** A stretch of time. */
  record Window(double from, double to) {
    double length() {
      return to - from;
    }

    boolean meets(Held one) {
      return one.span().seated() < to && one.span().ended() > from;
    }
  }

  Window whole() {
    return new Window(0, end);
  }

  /** In the middle of things. */
  Window closer() {
    double from = Math.max(0, Math.min(end / 3, end - MINUTES));
    return new Window(from, Math.min(end, from + MINUTES));
  }

  List<Held> of(int server, Window window) {
    return held.stream().filter(one -> one.server() == server && window.meets(one)).toList();
  }

  /** All roles in the order in which they are coloured or lettered. */
  List<String> roles() {
    return names;
  }

  int role(Held one) {
    return names.indexOf(roles.get(one.agent()));
  }
}
