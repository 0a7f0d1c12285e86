package com.visiquate.ccproxy.cache.flight;

import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Placement;
import java.util.List;

/** What has to be done because something happened to a flight. */
public sealed interface FlightEffect {
  /** To a listener. */
  record Tell(int ingress, ToIngress message) implements FlightEffect {}

  /** To routing: there is work. */
  record Begin(Submit run) implements FlightEffect {}

  /** To routing: nobody wants it any more. */
  record GiveUp(ExchangeId run, Why why) implements FlightEffect {}

  /** To its backend: so many more messages can be taken. */
  record Pay(BackendId backend, ExchangeId run, int messages) implements FlightEffect {}

  /** Its whole answer, which ended properly. */
  record Complete(Placement placement, List<ChatEvent> events) implements FlightEffect {
    public Complete {
      events = List.copyOf(events);
    }
  }

  /** Nothing more will happen to it. */
  record Land() implements FlightEffect {}
}
