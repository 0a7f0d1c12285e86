package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.StartReply;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The orders that backends have not answered yet; says once of each that its answer is overdue. One
 * timer for all: it rings for the oldest, or for one that has been answered since.
 */
final class PendingStarts {
  /** A start is answered at once, unless one of both has not had its turn for so long. */
  static final Duration ANSWER = Duration.ofSeconds(2);

  /** In the order in which they become overdue. */
  private final Map<ExchangeId, Order> open = new LinkedHashMap<>();

  private final Map<ExchangeId, Order> overdue = new HashMap<>();
  private final Timer alarm;
  private final Consumer<Order> late;
  private boolean armed;

  /** Tells the time and rings once, at a time that can be set anew. */
  interface Timer {
    Instant now();

    void set(Instant at, Runnable then);

    void cancel();
  }

  /**
   * One start on one backend.
   *
   * @param until when its answer is overdue
   */
  record Order(ExchangeId exchange, BackendId backend, Instant until) {}

  /**
   * None yet.
   *
   * @param late hears of each order whose answer is overdue, once; it stays open
   */
  PendingStarts(Timer alarm, Consumer<Order> late) {
    this.alarm = alarm;
    this.late = late;
  }

  void given(ExchangeId exchange, BackendId backend) {
    // The one before it, on another backend, has been answered, or would keep the older place.
    forget(exchange);
    open.put(exchange, new Order(exchange, backend, alarm.now().plus(ANSWER)));
    arm();
  }

  /** Whether the order is open that this answers; it is not any more. */
  boolean answered(StartReply reply) {
    Order order = overdue.getOrDefault(reply.exchange(), open.get(reply.exchange()));
    boolean answers = order != null && order.backend().equals(reply.backend());
    if (answers) {
      forget(reply.exchange());
    }
    return answers;
  }

  /** Whether a backend is to run it, and has not answered yet. */
  boolean isOpen(ExchangeId exchange) {
    return open.containsKey(exchange) || overdue.containsKey(exchange);
  }

  /** Whether this one, and none after it, still waits for the answer that is overdue. */
  boolean isOverdue(Order order) {
    return order.equals(overdue.get(order.exchange()));
  }

  void end() {
    open.clear();
    overdue.clear();
    alarm.cancel();
  }

  private void forget(ExchangeId exchange) {
    open.remove(exchange);
    overdue.remove(exchange);
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
    List<Order> due =
        open.values().stream().takeWhile(order -> !order.until().isAfter(now)).toList();
    for (Order order : due) {
      open.remove(order.exchange());
      overdue.put(order.exchange(), order);
      late.accept(order);
    }
    arm();
  }
}
