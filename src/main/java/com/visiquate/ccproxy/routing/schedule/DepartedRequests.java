package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.recent.RecentMap;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Remembers for a moment who has left without an answer: the same request of the same client is
 * that one sent again, and keeps its age and place. Requests that are there at the same time are
 * never merged.
 */
final class DepartedRequests {
  private static final Duration GRACE = Duration.ofSeconds(60);
  private static final int MOST = 1_024;

  private final Map<Request, Age> ages = new RecentMap<>(MOST);

  private record Request(ClientId client, ModelName model, long prompt) {
    static Request of(OpenExchange exchange) {
      return new Request(exchange.submission().client(), exchange.model(), exchange.chain().end());
    }
  }

  private record Age(Instant born, long order, Instant left) {}

  void note(OpenExchange exchange, Instant now) {
    ages.put(Request.of(exchange), new Age(exchange.born(), exchange.order(), now));
  }

  /** A newcomer may be one of them; each is adopted once. */
  void takeOver(OpenExchange newcomer, Instant now) {
    Age age = ages.remove(Request.of(newcomer));
    if (age != null && !age.left().plus(GRACE).isBefore(now)) {
      newcomer.takeOver(age.born(), age.order());
    }
  }
}
