package com.visiquate.ccproxy.routing;

import java.util.Collection;
import java.util.Optional;
import java.util.TreeMap;

/** The waiting requests of one model and one class in order of arrival, and their summed work. */
final class Line {
  private final TreeMap<Long, Ticket> tickets = new TreeMap<>();
  private final Prospects prospects = new Prospects();
  private long work;

  void add(Ticket ticket) {
    if (tickets.put(ticket.order(), ticket) == null) {
      work += ticket.work();
      prospects.add(ticket);
    }
  }

  boolean remove(Ticket ticket) {
    boolean present = tickets.remove(ticket.order(), ticket);
    if (present) {
      work -= ticket.work();
      prospects.remove(ticket);
    }
    return present;
  }

  /** The same requests, by what makes one of them the best for a slot. */
  Prospects prospects() {
    return prospects;
  }

  /** Its place within its class, from 1; counts, so it is not asked for everybody. */
  int place(Ticket ticket) {
    return tickets.headMap(ticket.order(), true).size();
  }

  int size() {
    return tickets.size();
  }

  /** Nanoseconds of expected service of all of them. */
  long work() {
    return work;
  }

  Collection<Ticket> tickets() {
    return tickets.values();
  }

  Optional<Ticket> first() {
    return tickets.isEmpty() ? Optional.empty() : Optional.of(tickets.firstEntry().getValue());
  }
}
