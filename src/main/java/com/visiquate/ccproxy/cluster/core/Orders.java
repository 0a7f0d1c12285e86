package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage.Order;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.TakeOver;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Instant;

/** The same orders and submissions, as they are on another node. */
final class Orders {
  private Orders() {}

  static Start start(Order order) {
    return switch (order) {
      case Start start -> start;
      case TakeOver over -> over.start();
    };
  }

  /** For a client of this ingress. */
  static Order to(int ingress, Order order) {
    return with(ingress, start(order).deadline(), order);
  }

  /** By the clock of this node. */
  static Order until(Instant deadline, Order order) {
    return with(start(order).ingress(), deadline, order);
  }

  private static Order with(int ingress, Instant deadline, Order order) {
    return switch (order) {
      case Start start -> with(ingress, deadline, start);
      case TakeOver(var start, var from) -> new TakeOver(with(ingress, deadline, start), from);
    };
  }

  private static Start with(int ingress, Instant deadline, Start start) {
    return new Start(
        start.exchange(),
        ingress,
        start.model(),
        start.request(),
        start.placement(),
        deadline,
        start.whole(),
        start.reading());
  }

  /** By the clock of this node, for a client of no ingress of it. */
  static Submit until(Instant deadline, int ingress, Submit submit) {
    return new Submit(
        submit.exchange(),
        ingress,
        submit.request(),
        submit.chosen(),
        submit.priority(),
        submit.client(),
        deadline,
        submit.fallback(),
        submit.whole(),
        submit.conversation());
  }

  /** Whether a client that is still there has not been told of such an end. */
  static boolean isSilent(Outcome outcome) {
    return outcome == Outcome.CLIENT_GONE || outcome == Outcome.CANCELLED;
  }
}
