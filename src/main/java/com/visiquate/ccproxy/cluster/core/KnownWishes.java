package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** All requests that a leader knows of: those that wait, and those that it has given a slot. */
final class KnownWishes {
  /** What this gateway computes in advance is nobody's. */
  static final ClientId OWN = new ClientId("ccproxy");

  private final Map<ExchangeId, KnownWish> byId = new LinkedHashMap<>();

  @Nullable KnownWish find(ExchangeId exchange) {
    return byId.get(exchange);
  }

  boolean has(ExchangeId exchange) {
    return byId.containsKey(exchange);
  }

  KnownWish add(ExchangeId exchange, KnownWish wish) {
    byId.put(exchange, wish);
    return wish;
  }

  void remove(ExchangeId exchange) {
    byId.remove(exchange);
  }

  /** Those that were sent to a backend. */
  List<ExchangeId> on(BackendId backend) {
    return all(wish -> wish.isOn(backend));
  }

  /** Those of clients of a node. */
  List<ExchangeId> of(Member home) {
    return all(wish -> wish.origin().home().equals(home));
  }

  /** Those whose home does not pass. */
  List<ExchangeId> without(Predicate<Member> there) {
    return all(wish -> !there.test(wish.origin().home()));
  }

  /** Those that run and are nobody's. */
  List<ExchangeId> own() {
    return all(wish -> wish.isPlaced() && wish.origin().client().equals(OWN));
  }

  private List<ExchangeId> all(Predicate<KnownWish> rule) {
    return byId.entrySet().stream()
        .filter(entry -> rule.test(entry.getValue()))
        .map(Map.Entry::getKey)
        .toList();
  }
}
