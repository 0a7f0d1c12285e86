package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.fleet.ExchangeId;
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
final class Exchanges {
  private static final Logger LOG = LoggerFactory.getLogger(Exchanges.class);
  private final Map<ExchangeId, Exchange> running = new HashMap<>();
  private final Map<ExchangeId, Exchange> byPart = new HashMap<>();

  void add(Exchange exchange) {
    running.put(exchange.ticket().exchange(), exchange);
    exchange.parts().forEach(part -> byPart.put(part, exchange));
  }

  void remove(ExchangeId id) {
    Exchange removed = running.remove(id);
    if (removed != null) {
      removed.parts().forEach(byPart::remove);
    }
  }

  boolean isEmpty() {
    return running.isEmpty();
  }

  /** Hands a message to its exchange; one that has ended gets none. */
  void heard(ToIngress message, Instant now) {
    Exchange exchange = byPart.get(message.exchange());
    if (exchange != null) {
      guarded(exchange, now, e -> e.heard(message, now));
    }
  }

  void tick(Instant now) {
    // A copy, because an exchange that ends removes itself.
    for (Exchange exchange : List.copyOf(running.values())) {
      guarded(exchange, now, e -> e.tick(now));
    }
  }

  /** When the first of them is due; empty when there is none. */
  Optional<Instant> due() {
    return running.values().stream().map(Exchange::due).min(Comparator.naturalOrder());
  }

  void shutDown(Instant now) {
    for (Exchange exchange : List.copyOf(running.values())) {
      guarded(exchange, now, e -> e.shutDown(now));
    }
  }

  /** The edge: what one exchange does wrong ends that one and no other. */
  private void guarded(Exchange exchange, Instant now, Consumer<Exchange> step) {
    try {
      step.accept(exchange);
    } catch (RuntimeException bug) {
      LOG.atError()
          .addKeyValue("exchange", exchange.ticket().exchange())
          .setCause(bug)
          .log("exchange failed");
      exchange.crashed(now);
    }
  }
}
