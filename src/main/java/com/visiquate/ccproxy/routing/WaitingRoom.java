package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.cache.Chain;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Owns all requests that wait for one model, and their order: class first, then arrival. */
final class WaitingRoom {
  private final ModelName model;

  private final Map<Priority, Line> lines = new EnumMap<>(Priority.class);

  private final Set<Ticket> retries = new LinkedHashSet<>();

  WaitingRoom(ModelName model) {
    this.model = model;
    for (Priority priority : Priority.values()) {
      lines.put(priority, new Line());
    }
  }

  ModelName model() {
    return model;
  }

  void add(Ticket ticket) {
    line(ticket.priority()).add(ticket);
    if (ticket.isRetry()) {
      retries.add(ticket);
    }
  }

  boolean remove(Ticket ticket) {
    retries.remove(ticket);
    return line(ticket.priority()).remove(ticket);
  }

  int size() {
    int size = 0;
    for (Line line : lines.values()) {
      size += line.size();
    }
    return size;
  }

  boolean isEmpty() {
    return size() == 0;
  }

  /** In the order in which they are served. */
  Stream<Ticket> inOrder() {
    return lines.values().stream().flatMap(line -> line.tickets().stream());
  }

  Ticket head() {
    return lines.values().stream().flatMap(line -> line.first().stream()).findFirst().orElseThrow();
  }

  /**
   * The first that can start. When one that may run anywhere cannot, nobody behind it can: only
   * retries are passed over, so this looks at few, however many wait.
   */
  Optional<Ticket> first(Predicate<Ticket> startable) {
    for (Line line : lines.values()) {
      for (Ticket ticket : line.tickets()) {
        boolean starts = startable.test(ticket);
        if (starts || !ticket.isRetry()) {
          return starts ? Optional.of(ticket) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a newcomer may start at all: not behind one that could start anywhere and does not. */
  boolean isWithinReach(Ticket newcomer) {
    Ticket head = head();
    return head == newcomer || head.isRetry();
  }

  boolean hasRetries() {
    return !retries.isEmpty();
  }

  /** Those that cannot run everywhere; a copy. */
  List<Ticket> retries() {
    return new ArrayList<>(retries);
  }

  /** Whether the next turn of a conversation waits, or its last one once more. */
  boolean awaits(long turn) {
    for (Line line : lines.values()) {
      if (line.prospects().awaits(turn)) {
        return true;
      }
    }
    return false;
  }

  /** A prompt of this role that waits. */
  Optional<Chain> ofRole(long role) {
    for (Line line : lines.values()) {
      Optional<Chain> found = line.prospects().ofRole(role);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The same request, from the same client. */
  Optional<Ticket> twin(Ticket ticket) {
    return lines.values().stream()
        .flatMap(line -> line.prospects().of(ticket.chain().end()).stream())
        .filter(one -> one.isTwinOf(ticket))
        .findFirst();
  }

  Line line(Priority priority) {
    return Objects.requireNonNull(lines.get(priority));
  }

  /** How many are served before a newcomer of this class. */
  int ahead(Priority priority) {
    return notBehind(priority).stream().mapToInt(Line::size).sum();
  }

  /** Its place, from 1; who came just now is the last of its class. */
  int place(Ticket ticket) {
    int through = ahead(ticket.priority());
    Line own = line(ticket.priority());
    return ticket.isResent() ? through - own.size() + own.place(ticket) : through;
  }

  /** Nanoseconds of expected service before a newcomer of this class. */
  long workAhead(Priority priority) {
    return notBehind(priority).stream().mapToLong(Line::work).sum();
  }

  private List<Line> notBehind(Priority priority) {
    return lines.entrySet().stream()
        .filter(entry -> entry.getKey().compareTo(priority) <= 0)
        .map(Map.Entry::getValue)
        .toList();
  }
}
