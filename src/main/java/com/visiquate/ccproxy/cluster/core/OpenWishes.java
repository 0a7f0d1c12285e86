package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The requests of this node's clients that have no end yet; each leaves by its one end. */
final class OpenWishes {
  private final Map<ExchangeId, OpenWish> byId = new LinkedHashMap<>();
  private final Leadership leadership;
  private final Post post;

  OpenWishes(Leadership leadership, Post post) {
    this.leadership = leadership;
    this.post = post;
  }

  @Nullable OpenWish find(ExchangeId exchange) {
    return byId.get(exchange);
  }

  /** A copy, for one that ends leaves. */
  List<OpenWish> all() {
    return List.copyOf(byId.values());
  }

  int size() {
    return byId.size();
  }

  void add(OpenWish wish) {
    byId.put(wish.id(), wish);
  }

  /** It has its end, and its client knows or has left; whether it had none before. */
  boolean close(ExchangeId exchange) {
    return byId.remove(exchange) != null;
  }

  /** The leader is asked for a slot. */
  void ask(OpenWish wish, Instant now) {
    post.send(leadership.leader(), wish.asks(now));
  }

  void tell(OpenWish wish, ToIngress message) {
    post.add(new NodeEffect.Tell(wish.ingress(), message));
  }

  /** Its client is told the last of it, and nothing goes on for it. */
  void end(OpenWish wish, ToIngress last) {
    close(wish.id());
    OpenWish.Run run = wish.run();
    if (run != null && !(last instanceof Said)) {
      decline(run, wish.id());
    }
    tell(wish, last);
  }

  /** A run is not wanted. */
  void decline(OpenWish.Run run, ExchangeId exchange) {
    post.send(run.node(), new NodeMessage.Declined(run.ticket(), exchange, run.backend()));
  }
}
