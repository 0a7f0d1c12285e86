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
  private final Map<ExchangeId, OpenExchange> byId = new HashMap<>();
  private final WaitingRooms rooms;

  public OpenExchanges(WaitingRooms rooms) {
    this.rooms = rooms;
  }

  public int size() {
    return byId.size();
  }

  public List<OpenExchange> all() {
    return List.copyOf(byId.values());
  }

  public Optional<OpenExchange> find(ExchangeId exchange) {
    return Optional.ofNullable(byId.get(exchange));
  }

  /** The exchange, if it has been given a slot. */
  public Optional<OpenExchange> placed(ExchangeId exchange) {
    return find(exchange).filter(open -> !rooms.isWaiting(open));
  }

  /** The exchange of a report, if it holds a slot where the report comes from. */
  public Optional<OpenExchange> placed(SlotReport report) {
    return placed(report.exchange()).filter(open -> open.isPlacedOn(report.backend()));
  }

  public void open(OpenExchange open) {
    byId.put(open.id(), open);
  }

  public void close(OpenExchange open) {
    rooms.remove(open);
    byId.remove(open.id());
  }

  public RoutingEffect fail(OpenExchange open, Failure failure, Outcome outcome) {
    close(open);
    return new RoutingEffect.Fail(open.submission(), open.placement(), failure, outcome);
  }
}
