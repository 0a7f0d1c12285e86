package com.visiquate.ccproxy.routing.waiting;

import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Owns every open exchange, from its submission to its one end. */
public final class OpenExchanges {
  private final Map<ExchangeId, OpenExchange> open = new HashMap<>();
  private final WaitingRooms rooms;

  public OpenExchanges(WaitingRooms rooms) {
    this.rooms = rooms;
  }

  public int size() {
    return open.size();
  }

  public List<OpenExchange> all() {
    return List.copyOf(open.values());
  }

  public Optional<OpenExchange> find(ExchangeId exchange) {
    return Optional.ofNullable(open.get(exchange));
  }

  /** The exchange, if it has been given a slot. */
  public Optional<OpenExchange> placed(ExchangeId exchange) {
    return find(exchange).filter(ticket -> !rooms.isWaiting(ticket));
  }

  /** The exchange of a report, if it holds a slot where the report comes from. */
  public Optional<OpenExchange> placed(SlotReport report) {
    return placed(report.exchange()).filter(ticket -> ticket.isPlacedOn(report.backend()));
  }

  public void open(OpenExchange ticket) {
    open.put(ticket.exchange(), ticket);
  }

  public void close(OpenExchange ticket) {
    rooms.remove(ticket);
    open.remove(ticket.exchange());
  }

  public RoutingEffect fail(OpenExchange ticket, Failure failure, Outcome outcome) {
    close(ticket);
    return new RoutingEffect.Fail(ticket.submission(), ticket.placement(), failure, outcome);
  }
}
