package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.StartReply;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The orders that backends have not answered yet, oldest first; gives up those that nobody answers.
 * One timer for all: it rings for the oldest, or for one that has been answered since.
 */
final class Orders {
  /** A start is answered at once; a backend that takes longer than this is not there. */
  static final Duration ANSWER = Duration.ofSeconds(2);

  private final Map<ExchangeId, Order> open = new LinkedHashMap<>();
  private final Timer alarm;
  private final BiConsumer<ExchangeId, BackendId> unanswered;
  private boolean armed;

  /** Tells the time and rings once, at a time that can be set anew. */
  interface Timer {
    Instant now();

    void set(Instant at, Runnable then);

    void cancel();
  }

  private record Order(ExchangeId exchange, BackendId backend, Instant until) {}

  /**
   * None yet.
   *
   * @param unanswered hears of each order that is given up, once
   */
  Orders(Timer alarm, BiConsumer<ExchangeId, BackendId> unanswered) {
    this.alarm = alarm;
    this.unanswered = unanswered;
  }

  void given(ExchangeId exchange, BackendId backend) {
    // The one before it, on another backend, has been answered, or would keep the older place.
    open.remove(exchange);
    open.put(exchange, new Order(exchange, backend, alarm.now().plus(ANSWER)));
    arm();
  }

  /** Whether the order is open that this answers; it is not any more. */
  boolean answered(StartReply reply) {
    Order order = open.get(reply.exchange());
    if (order == null || !order.backend().equals(reply.backend())) {
      return false;
    }
    open.remove(reply.exchange());
    return true;
  }

  void end() {
    open.clear();
    alarm.cancel();
  }

  private void arm() {
    if (!armed && !open.isEmpty()) {
      armed = true;
      alarm.set(open.values().iterator().next().until(), this::ring);
    }
  }

  private void ring() {
    armed = false;
    Instant now = alarm.now();
    List<Order> late =
        open.values().stream().takeWhile(order -> !order.until().isAfter(now)).toList();
    for (Order order : late) {
      open.remove(order.exchange());
      unanswered.accept(order.exchange(), order.backend());
    }
    arm();
  }
}
