package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one exchange, each an exchange of its own for the rest of the house. Owns which of
 * them are still to come, are under way, and have ended: only a few are under way at a time, so
 * that one large request does not fill a waiting room.
 */
public final class Parts {
  public static final int MOST_OPEN = 8;

  private final ExchangeId exchange;
  private final int count;
  private final Map<ExchangeId, Part> open = new LinkedHashMap<>();
  private int begun;

  /** One of them; {@code index} counts from 0. */
  public record Part(int index, ExchangeId id, Credits credits) {}

  Parts(ExchangeId exchange, int count) {
    this.exchange = exchange;
    this.count = count;
  }

  /** The ids of all; the first is the exchange's own, so that a chat has just that one. */
  List<ExchangeId> ids() {
    return count == 1 ? List.of(exchange) : IntStream.range(0, count).mapToObj(this::id).toList();
  }

  /** Those that may begin now, and count as under way from now on. */
  List<Part> begin(ExchangeOwner surroundings) {
    if (begun == count) {
      return List.of();
    }
    List<Part> due = new ArrayList<>();
    while (begun < count && open.size() < MOST_OPEN) {
      ExchangeId id = id(begun);
      Part part = new Part(begun++, id, new Credits(id, surroundings));
      open.put(id, part);
      due.add(part);
    }
    return due;
  }

  /** The part of this id, while it is under way. */
  @Nullable Part open(ExchangeId id) {
    return open.get(id);
  }

  /** Those that are under way. */
  List<ExchangeId> open() {
    return List.copyOf(open.keySet());
  }

  void ended(ExchangeId id) {
    open.remove(id);
  }

  boolean areOver() {
    return begun == count && open.isEmpty();
  }

  private ExchangeId id(int index) {
    return index == 0 ? exchange : new ExchangeId(exchange + "-" + (index + 1));
  }
}
