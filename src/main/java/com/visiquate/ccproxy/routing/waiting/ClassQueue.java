package com.visiquate.ccproxy.routing.waiting;

import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The waiting requests of one model and one class: in order of arrival, in the order in which they
 * are expected to start, and their summed work. Owns whose expected work is looked at next.
 */
public final class ClassQueue {
  private final TreeMap<Long, OpenExchange> exchanges = new TreeMap<>();
  private final Precedence precedence = new Precedence();
  private final Candidates candidates = new Candidates();
  private long work;
  private long looked = Long.MIN_VALUE;

  void add(OpenExchange exchange) {
    if (exchanges.put(exchange.order(), exchange) == null) {
      work += exchange.work();
      precedence.add(exchange);
      candidates.add(exchange);
    }
  }

  boolean remove(OpenExchange exchange) {
    boolean present = exchanges.remove(exchange.order(), exchange);
    if (present) {
      work -= exchange.work();
      precedence.remove(exchange);
      candidates.remove(exchange);
    }
    return present;
  }

  /** Its work is expected to be another from now on; every index has it by what it was. */
  public void expect(OpenExchange exchange, long nanos, double rank) {
    remove(exchange);
    exchange.expectWork(nanos, rank);
    add(exchange);
  }

  /** The next few, round and round; fewer than those at the end of a round. */
  public List<OpenExchange> next(int most) {
    List<OpenExchange> next = new ArrayList<>(Math.min(most, exchanges.size()));
    for (OpenExchange exchange : exchanges.tailMap(looked, false).values()) {
      if (next.size() == most) {
        break;
      }
      next.add(exchange);
    }
    looked = next.size() < most ? Long.MIN_VALUE : next.getLast().order();
    return next;
  }

  /** The same requests, by what makes one of them the best for a slot. */
  public Candidates candidates() {
    return candidates;
  }

  /** The same requests, in the order in which they are expected to start. */
  Precedence precedence() {
    return precedence;
  }

  public int size() {
    return exchanges.size();
  }

  /** Nanoseconds of expected service of all of them. */
  long work() {
    return work;
  }

  /** In order of arrival. */
  Collection<OpenExchange> exchanges() {
    return exchanges.values();
  }

  /** Who came first. */
  Optional<OpenExchange> first() {
    return exchanges.isEmpty() ? Optional.empty() : Optional.of(exchanges.firstEntry().getValue());
  }
}
