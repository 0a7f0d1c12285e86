package com.visiquate.ccproxy.cache.flight;

import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Cancelled;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.StillWaiting;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.bus.LoopMessage.Looping;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;

/** What is said of a run, said of each that hears it. */
final class Words {
  private Words() {}

  /** The same word, about this exchange. */
  static ToIngress of(ToIngress word, ExchangeId id) {
    return switch (word) {
      case Answered(var own, var admission) -> new Answered(id, admission);
      case StillWaiting(var own, int place, Duration estimate) ->
          new StillWaiting(id, place, estimate);
      case Said said -> new Said(id, said.placement(), said.events());
      case Broke(var own, var placement, var failure, var outcome) ->
          new Broke(id, placement, failure, outcome);
      case Cancelled(var own, var placement) -> new Cancelled(id, placement);
      case Looping(var own, int times) -> new Looping(id, times);
      case Told told -> new Told(id, told.use(), told.key(), told.age(), told.ttl());
    };
  }
}
