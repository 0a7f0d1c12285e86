package com.visiquate.ccproxy.routing.waiting;

import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Owns the waiting room of every model, and when each waiting request expires. */
public final class WaitingRooms {
  private final Map<ModelName, WaitingRoom> rooms = new LinkedHashMap<>();
  private final TreeSet<OpenExchange> byExpiry =
      new TreeSet<>(
          Comparator.comparing(OpenExchange::expiry).thenComparingLong(OpenExchange::number));

  public WaitingRoom of(ModelName model) {
    return rooms.computeIfAbsent(model, WaitingRoom::new);
  }

  /** The room of a model, if it has one: to look at it must not open one. */
  public Optional<WaitingRoom> find(ModelName model) {
    return Optional.ofNullable(rooms.get(model));
  }

  public void add(OpenExchange exchange) {
    of(exchange.model()).add(exchange);
    byExpiry.add(exchange);
  }

  /** Takes an exchange out; false when it does not wait. */
  public boolean remove(OpenExchange exchange) {
    byExpiry.remove(exchange);
    return of(exchange.model()).remove(exchange);
  }

  public boolean isWaiting(OpenExchange exchange) {
    return byExpiry.contains(exchange);
  }

  /** Those that may not wait any longer. */
  public List<OpenExchange> expired(Instant now) {
    boolean any = !byExpiry.isEmpty() && !byExpiry.first().expiry().isAfter(now);
    return any
        ? byExpiry.stream().takeWhile(exchange -> !exchange.expiry().isAfter(now)).toList()
        : List.of();
  }

  public Optional<Instant> nextExpiry() {
    return byExpiry.isEmpty() ? Optional.empty() : Optional.of(byExpiry.first().expiry());
  }

  public int waiting() {
    return byExpiry.size();
  }

  public Collection<WaitingRoom> all() {
    return rooms.values();
  }

  public List<WaitingRoom> occupied() {
    return byExpiry.isEmpty()
        ? List.of()
        : rooms.values().stream().filter(room -> !room.isEmpty()).toList();
  }

  /** Drops the empty rooms of models that do not exist any more. */
  public void keepOnly(Set<ModelName> models) {
    rooms.values().removeIf(room -> room.isEmpty() && !models.contains(room.model()));
  }
}
