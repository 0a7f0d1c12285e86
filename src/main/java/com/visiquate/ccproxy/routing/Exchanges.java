package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Owns every open exchange, from its submission to its one end. */
final class Exchanges {
  private final Map<ExchangeId, OpenExchange> open = new HashMap<>();
  private final Rooms rooms;

  Exchanges(Rooms rooms) {
    this.rooms = rooms;
  }

  int size() {
    return open.size();
  }

  Optional<OpenExchange> find(ExchangeId exchange) {
    return Optional.ofNullable(open.get(exchange));
  }

  /** The exchange, if it has been given a slot. */
  Optional<OpenExchange> placed(ExchangeId exchange) {
    return find(exchange).filter(ticket -> !rooms.isWaiting(ticket));
  }

  /** The exchange of a report, if it holds a slot where the report comes from. */
  Optional<OpenExchange> placed(SlotReport report) {
    return placed(report.exchange()).filter(ticket -> ticket.isPlacedOn(report.backend()));
  }

  void open(OpenExchange ticket) {
    open.put(ticket.exchange(), ticket);
  }

  void close(OpenExchange ticket) {
    rooms.remove(ticket);
    open.remove(ticket.exchange());
  }

  RoutingEffect fail(OpenExchange ticket, Failure failure, Outcome outcome) {
    close(ticket);
    return new RoutingEffect.Fail(ticket.submission(), ticket.placement(), failure, outcome);
  }
}
