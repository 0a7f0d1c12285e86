package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The seats that are taken on one backend, the oldest first; owns how many each model has. */
final class Seats extends AbstractCollection<Seat> {
  private final Map<ExchangeId, Seat> seats = new LinkedHashMap<>();
  private final Map<ModelName, Integer> taken = new HashMap<>();
  private final Collection<Seat> unmodifiable = Collections.unmodifiableCollection(seats.values());

  void add(ExchangeId exchange, Seat seat) {
    seats.put(exchange, seat);
    taken.merge(seat.model(), 1, Integer::sum);
  }

  void handOver(ExchangeId from, ExchangeId to, Seat seat) {
    seats.remove(from);
    seats.put(to, seat);
  }

  /** Whose seat it was; null when it has none. */
  @Nullable Seat remove(ExchangeId exchange) {
    Seat seat = seats.remove(exchange);
    if (seat != null) {
      taken.computeIfPresent(seat.model(), (model, count) -> count == 1 ? null : count - 1);
    }
    return seat;
  }

  @Nullable Seat of(ExchangeId exchange) {
    return seats.get(exchange);
  }

  int taken(ModelName model) {
    return taken.getOrDefault(model, 0);
  }

  /** How many models have any. */
  int models() {
    return taken.size();
  }

  /** Nanoseconds of work that are expected to be left on all of them. */
  long remaining(Instant now) {
    long sum = 0;
    for (Seat seat : seats.values()) {
      sum += seat.remaining(now);
    }
    return sum;
  }

  /** Nanoseconds of prompts that are not computed yet. */
  long promptsLeft(Instant now) {
    long sum = 0;
    for (Seat seat : seats.values()) {
      sum += seat.prompt(now);
    }
    return sum;
  }

  /** Nanoseconds until the next one is expected to be free. */
  long nextFree(Instant now) {
    long next = Long.MAX_VALUE;
    for (Seat seat : seats.values()) {
      next = Math.min(next, seat.remaining(now));
    }
    return seats.isEmpty() ? 0 : next;
  }

  /** Nanoseconds until all of them are expected to be free. */
  long lastFree(Instant now) {
    long last = 0;
    for (Seat seat : seats.values()) {
      last = Math.max(last, seat.remaining(now));
    }
    return last;
  }

  @Override
  public Iterator<Seat> iterator() {
    return unmodifiable.iterator();
  }

  @Override
  public int size() {
    return seats.size();
  }
}
