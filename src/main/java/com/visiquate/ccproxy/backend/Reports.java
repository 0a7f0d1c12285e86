package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.exchange.RunEffect;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.ScheduleEvent.SlotFreed;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;

/** All that a backend says to the rest of the house. */
final class Reports {
  private final Bus bus;
  private final BackendId id;

  Reports(Bus bus, BackendId id) {
    this.bus = bus;
    this.id = id;
  }

  void status(BackendStatus status) {
    bus.publish(Address.FLEET_STATUS, new Announcement.StatusChanged(status));
  }

  void started(ExchangeId exchange) {
    routing(new BusMessage.Started(exchange, id));
  }

  void noRoom(ExchangeId exchange, String reason) {
    routing(new BusMessage.NoRoom(exchange, id, reason));
  }

  /** It failed before it ran; whoever ordered it hears first that it was taken. */
  void crashed(ExchangeId exchange) {
    started(exchange);
    routing(new BusMessage.Lost(exchange, id, Failure.bug(), false));
  }

  void tell(BusMessage.Start about, RunEffect.Told effect) {
    var exchange = about.exchange();
    switch (effect) {
      case RunEffect.Say(var events) ->
          client(about, new BusMessage.Said(exchange, about.placement(), events));
      case RunEffect.Break(var failure, var outcome) ->
          client(about, new BusMessage.Broke(exchange, about.placement(), failure, outcome));
      case RunEffect.Begin() -> routing(new BusMessage.FirstToken(exchange, id));
      case RunEffect.End(var outcome, var counts, var answer, var ghost) ->
          routing(new BusMessage.Ended(exchange, id, outcome, counts, answer, ghost));
      case RunEffect.Lose(var failure, var elsewhere) ->
          routing(new BusMessage.Lost(exchange, id, failure, elsewhere));
      case RunEffect.Haunt() -> {}
      case RunEffect.Exorcise(var computed) ->
          routing(new BusMessage.GhostGone(exchange, id, computed));
    }
  }

  /** A slot is not held by this exchange any more. */
  void freed(ExchangeId exchange, ModelName model, Duration held) {
    if (bus.isHeard(Address.SCHEDULE_HAPPENED)) {
      bus.publish(Address.SCHEDULE_HAPPENED, new SlotFreed(exchange, id, model, held));
    }
  }

  private void client(BusMessage.Start about, BusMessage.ToIngress message) {
    bus.send(Address.ingress(about.ingress()), message);
  }

  private void routing(BusMessage.SlotReport report) {
    bus.send(Address.ROUTING_REPORT, report);
  }
}
