package com.visiquate.ccproxy.routing.waiting;

import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.cache.Chain;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Owns all requests that wait for one model, and their order: class first. */
public final class WaitingRoom {
  private final ModelName model;

  private final Map<Priority, ClassQueue> lines = new EnumMap<>(Priority.class);

  private final Set<OpenExchange> retries = new LinkedHashSet<>();

  WaitingRoom(ModelName model) {
    this.model = model;
    for (Priority priority : Priority.values()) {
      lines.put(priority, new ClassQueue());
    }
  }

  public ModelName model() {
    return model;
  }

  void add(OpenExchange exchange) {
    line(exchange.priority()).add(exchange);
    if (exchange.isRetry()) {
      retries.add(exchange);
    }
  }

  boolean remove(OpenExchange exchange) {
    retries.remove(exchange);
    return line(exchange.priority()).remove(exchange);
  }

  public int size() {
    int size = 0;
    for (ClassQueue line : lines.values()) {
      size += line.size();
    }
    return size;
  }

  public boolean isEmpty() {
    return size() == 0;
  }

  /** In the order in which they are expected to start. */
  public Stream<OpenExchange> inOrder() {
    return lines.values().stream().flatMap(line -> line.precedence().exchanges());
  }

  /** Who came first, of the highest class. */
  public OpenExchange head() {
    return lines.values().stream().flatMap(line -> line.first().stream()).findFirst().orElseThrow();
  }

  /**
   * The first that can start. When one that may run anywhere cannot, nobody behind it can: only
   * retries are passed over, so this looks at few, however many wait.
   */
  public Optional<OpenExchange> first(Predicate<OpenExchange> startable) {
    for (ClassQueue line : lines.values()) {
      for (OpenExchange exchange : line.exchanges()) {
        boolean starts = startable.test(exchange);
        if (starts || !exchange.isRetry()) {
          return starts ? Optional.of(exchange) : Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Whether a newcomer may start at all: not behind one that could start anywhere and does not. */
  public boolean isWithinReach(OpenExchange newcomer) {
    OpenExchange head = head();
    return head == newcomer || head.isRetry();
  }

  public boolean hasRetries() {
    return !retries.isEmpty();
  }

  /** Those that cannot run everywhere; a copy. */
  public List<OpenExchange> retries() {
    return new ArrayList<>(retries);
  }

  /** Whether the next turn of a conversation waits, or its last one once more. */
  public boolean awaits(long turn) {
    for (ClassQueue line : lines.values()) {
      if (line.candidates().awaits(turn)) {
        return true;
      }
    }
    return false;
  }

  /** A prompt of this role that waits. */
  public Optional<Chain> ofRole(long role) {
    for (ClassQueue line : lines.values()) {
      Optional<Chain> found = line.candidates().ofRole(role);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The same request, from the same client. */
  public Optional<OpenExchange> twin(OpenExchange exchange) {
    return lines.values().stream()
        .flatMap(line -> line.candidates().of(exchange.chain().end()).stream())
        .filter(one -> one.isTwinOf(exchange))
        .findFirst();
  }

  public ClassQueue line(Priority priority) {
    return Objects.requireNonNull(lines.get(priority));
  }

  public Collection<ClassQueue> lines() {
    return lines.values();
  }

  /** What is expected to start before it: all of the higher classes, and some of its own. */
  public Precedence.Ahead ahead(OpenExchange exchange) {
    Precedence.Ahead ahead = line(exchange.priority()).precedence().ahead(exchange);
    for (Map.Entry<Priority, ClassQueue> entry : lines.entrySet()) {
      ClassQueue line = entry.getValue();
      boolean higher = entry.getKey().compareTo(exchange.priority()) < 0;
      ahead = higher ? ahead.and(line.size(), line.work()) : ahead;
    }
    return ahead;
  }

  /** Nanoseconds of expected service of all of them. */
  public long work() {
    long work = 0;
    for (ClassQueue line : lines.values()) {
      work += line.work();
    }
    return work;
  }

  /** The age of who has waited longest. */
  public Optional<Instant> oldest() {
    return lines.values().stream()
        .flatMap(line -> line.first().stream())
        .map(OpenExchange::born)
        .min(Comparator.naturalOrder());
  }
}
