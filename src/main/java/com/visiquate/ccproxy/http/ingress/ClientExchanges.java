package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.http.exchange.ClientExchange;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The exchanges of one ingress that have not ended, by id. */
public final class ClientExchanges {
  private static final Logger LOG = LoggerFactory.getLogger(ClientExchanges.class);
  private final Map<ExchangeId, ClientExchange> running = new HashMap<>();
  private final Map<ExchangeId, ClientExchange> byPart = new HashMap<>();

  public void add(ClientExchange exchange) {
    running.put(exchange.facts().exchange(), exchange);
    exchange.parts().forEach(part -> byPart.put(part, exchange));
  }

  /** Says under which ids its parts ran. */
  public List<ExchangeId> remove(ExchangeId id) {
    ClientExchange removed = running.remove(id);
    if (removed == null) {
      return List.of();
    }
    List<ExchangeId> parts = removed.parts();
    parts.forEach(byPart::remove);
    return parts;
  }

  public boolean isEmpty() {
    return running.isEmpty();
  }

  /** Hands a message to its exchange; one that has ended gets none. The bus is the edge here. */
  public void heard(ToIngress message, Instant now) {
    ClientExchange exchange = byPart.get(message.exchange());
    if (exchange != null) {
      exchange.heard(message, now);
    }
  }

  /** A bug has met this one; it may be a part of another. */
  public void crashed(ExchangeId id, Instant now) {
    ClientExchange exchange = byPart.get(id);
    if (exchange != null) {
      exchange.crashed(now);
    }
  }

  public void tick(Instant now) {
    // A copy, because an exchange that ends removes itself.
    for (ClientExchange exchange : List.copyOf(running.values())) {
      guarded(exchange, now, e -> e.tick(now));
    }
  }

  /** When the first of them is due; empty when there is none. */
  public Optional<Instant> due() {
    return running.values().stream().map(ClientExchange::due).min(Comparator.naturalOrder());
  }

  public void shutDown(Instant now) {
    for (ClientExchange exchange : List.copyOf(running.values())) {
      guarded(exchange, now, e -> e.shutDown(now));
    }
  }

  /** Where time is the caller, the edge is here: what one exchange does wrong ends that one. */
  private void guarded(ClientExchange exchange, Instant now, Consumer<ClientExchange> step) {
    try {
      step.accept(exchange);
    } catch (RuntimeException bug) {
      LOG.atError()
          .addKeyValue(LogKeys.EXCHANGE, exchange.facts().exchange())
          .setCause(bug)
          .log("exchange failed");
      exchange.crashed(now);
    }
  }
}
