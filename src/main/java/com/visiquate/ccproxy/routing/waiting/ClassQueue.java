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
  private final TreeMap<Long, OpenExchange> tickets = new TreeMap<>();
  private final Precedence precedence = new Precedence();
  private final Candidates candidates = new Candidates();
  private long work;
  private long looked = Long.MIN_VALUE;

  void add(OpenExchange ticket) {
    if (tickets.put(ticket.order(), ticket) == null) {
      work += ticket.work();
      precedence.add(ticket);
      candidates.add(ticket);
    }
  }

  boolean remove(OpenExchange ticket) {
    boolean present = tickets.remove(ticket.order(), ticket);
    if (present) {
      work -= ticket.work();
      precedence.remove(ticket);
      candidates.remove(ticket);
    }
    return present;
  }

  /** Its work is expected to be another from now on; every index has it by what it was. */
  public void expect(OpenExchange ticket, long nanos, double rank) {
    remove(ticket);
    ticket.expectWork(nanos, rank);
    add(ticket);
  }

  /** The next few, round and round; fewer than those at the end of a round. */
  public List<OpenExchange> next(int most) {
    List<OpenExchange> next = new ArrayList<>(Math.min(most, tickets.size()));
    for (OpenExchange ticket : tickets.tailMap(looked, false).values()) {
      if (next.size() == most) {
        break;
      }
      next.add(ticket);
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
    return tickets.size();
  }

  /** Nanoseconds of expected service of all of them. */
  long work() {
    return work;
  }

  /** In order of arrival. */
  Collection<OpenExchange> tickets() {
    return tickets.values();
  }

  /** Who came first. */
  Optional<OpenExchange> first() {
    return tickets.isEmpty() ? Optional.empty() : Optional.of(tickets.firstEntry().getValue());
  }
}
