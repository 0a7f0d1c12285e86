package com.visiquate.ccproxy.routing.backends;

import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Instant;
import java.util.AbstractCollection;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The slots that are taken on one backend, the oldest first; counts how many each model has. */
public final class TakenSlots extends AbstractCollection<TakenSlot> {
  private final Map<ExchangeId, TakenSlot> byExchange = new LinkedHashMap<>();
  private final SlotCounts counts = new SlotCounts();
  private final BitSet numbers = new BitSet();
  private final Collection<TakenSlot> unmodifiable =
      Collections.unmodifiableCollection(byExchange.values());

  void add(ExchangeId exchange, TakenSlot taken) {
    byExchange.put(exchange, taken);
    counts.add(taken.model());
    int place = taken.lease().place();
    // A conversation that comes back has the number again that it had, as it has the slot.
    taken.numbered(place < 0 || numbers.get(place) ? numbers.nextClearBit(0) : place);
    numbers.set(taken.number());
  }

  void takeOver(ExchangeId from, ExchangeId to, TakenSlot taken) {
    byExchange.remove(from);
    byExchange.put(to, taken);
  }

  /** Whose slot it was; null when it has none. */
  @Nullable TakenSlot remove(ExchangeId exchange) {
    TakenSlot taken = byExchange.remove(exchange);
    if (taken != null) {
      counts.remove(taken.model());
      numbers.clear(taken.number());
    }
    return taken;
  }

  @Nullable TakenSlot of(ExchangeId exchange) {
    return byExchange.get(exchange);
  }

  int taken(ModelName model) {
    return counts.of(model);
  }

  SlotCounts counts() {
    return counts;
  }

  /** Nanoseconds of work that are expected to be left on all of them. */
  public long remaining(Instant now) {
    long sum = 0;
    for (TakenSlot taken : byExchange.values()) {
      sum += taken.remaining(now);
    }
    return sum;
  }

  /** Nanoseconds of prompts that are not computed yet. */
  long promptsLeft(Instant now) {
    long sum = 0;
    for (TakenSlot taken : byExchange.values()) {
      sum += taken.prompt(now);
    }
    return sum;
  }

  /** Nanoseconds until the next one is expected to be free. */
  public long nextFree(Instant now) {
    long next = Long.MAX_VALUE;
    for (TakenSlot taken : byExchange.values()) {
      next = Math.min(next, taken.remaining(now));
    }
    return byExchange.isEmpty() ? 0 : next;
  }

  /** Nanoseconds until all of them are expected to be free. */
  public long lastFree(Instant now) {
    long last = 0;
    for (TakenSlot taken : byExchange.values()) {
      last = Math.max(last, taken.remaining(now));
    }
    return last;
  }

  @Override
  public Iterator<TakenSlot> iterator() {
    return unmodifiable.iterator();
  }

  @Override
  public int size() {
    return byExchange.size();
  }
}
