package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage.Credit;
import com.visiquate.ccproxy.bus.BusMessage.Leave;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.CacheMessage.Reason;
import com.visiquate.ccproxy.bus.CacheMessage.Use;
import com.visiquate.ccproxy.bus.Fact.CacheUsed;
import com.visiquate.ccproxy.bus.Fact.RedisAsked;
import com.visiquate.ccproxy.cache.flight.FlightEffect;
import com.visiquate.ccproxy.fleet.BackendId;
import java.time.Duration;

/** What the cache says to the rest of the house. */
final class Outlet {
  private final Bus bus;
  private final int number;

  /**
   * One that speaks on this bus.
   *
   * @param number of the ingress that its runs are told at
   */
  Outlet(Bus bus, int number) {
    this.bus = bus;
    this.number = number;
  }

  int number() {
    return number;
  }

  void tell(int ingress, ToIngress message) {
    bus.send(Address.ingress(ingress), message);
  }

  void begin(Submit run) {
    bus.send(Address.ROUTING_SUBMIT, run);
  }

  void leave(Leave leave) {
    bus.send(Address.ROUTING_LEAVE, leave);
  }

  void giveUp(FlightEffect.GiveUp giveUp) {
    leave(new Leave(giveUp.run(), giveUp.why()));
  }

  void pay(BackendId backend, Credit credit) {
    bus.send(Address.control(backend), credit);
  }

  void pay(FlightEffect.Pay pay) {
    pay(pay.backend(), new Credit(pay.run(), pay.messages()));
  }

  void hit(Reason where, Duration age) {
    bus.publish(Address.METRICS_FACT, new CacheUsed(Use.HIT, where, age));
  }

  void counts(Use use, Reason why) {
    bus.publish(Address.METRICS_FACT, new CacheUsed(use, why, Duration.ZERO));
  }

  void asked(RedisAsked asked) {
    bus.publish(Address.METRICS_FACT, asked);
  }
}
