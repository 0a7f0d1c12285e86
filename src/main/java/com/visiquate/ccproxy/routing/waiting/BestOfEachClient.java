package com.visiquate.ccproxy.routing.waiting;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The best of each client, so that one client with many requests does not hide the others. */
final class BestOfEachClient {
  /** The order in which they start when nothing is cached. */
  static final Comparator<OpenExchange> RANK =
      Comparator.comparingDouble(OpenExchange::rank).thenComparingLong(OpenExchange::order);

  private static final SortedSet<OpenExchange> NONE = Collections.emptySortedSet();

  private final Map<ClientId, SortedSet<OpenExchange>> clients = new HashMap<>();
  private final SortedSet<OpenExchange> heads = new TreeSet<>(RANK);

  void add(OpenExchange exchange) {
    ClientId client = exchange.submission().client();
    SortedSet<OpenExchange> own = clients.get(client);
    if (own == null) {
      own = new TreeSet<>(RANK);
      clients.put(client, own);
    } else {
      heads.remove(own.first());
    }
    own.add(exchange);
    heads.add(own.first());
  }

  void remove(OpenExchange exchange) {
    ClientId client = exchange.submission().client();
    SortedSet<OpenExchange> own = clients.get(client);
    if (own == null) {
      return;
    }
    heads.remove(exchange);
    own.remove(exchange);
    if (own.isEmpty()) {
      clients.remove(client);
    } else {
      heads.add(own.first());
    }
  }

  boolean isEmpty() {
    return heads.isEmpty();
  }

  /** Adds the best of each of a few clients, as far as they are eligible. */
  void gather(int most, Predicate<OpenExchange> eligible, Set<OpenExchange> found) {
    int left = most;
    for (OpenExchange head : heads) {
      OpenExchange best = best(head.submission().client(), eligible);
      if (best != null) {
        found.add(best);
        left--;
      }
      if (left == 0) {
        return;
      }
    }
  }

  private @Nullable OpenExchange best(ClientId client, Predicate<OpenExchange> eligible) {
    for (OpenExchange exchange : clients.getOrDefault(client, NONE)) {
      if (eligible.test(exchange)) {
        return exchange;
      }
    }
    return null;
  }
}
