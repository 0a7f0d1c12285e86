package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;

/** What a routing that begins to lead is told of what was there before it. */
public sealed interface SuccessionMessage extends BusMessage, AboutExchange {
  /**
   * It waits, and has done so for some time.
   *
   * @param age since its client came; it goes before all that came later
   */
  record Resubmit(BusMessage.Submit submit, Duration age) implements SuccessionMessage {
    @Override
    public ExchangeId exchange() {
      return submit.exchange();
    }
  }

  /** It has run there to its end: what it tells of speeds, and what it has left in the caches. */
  record Remember(BusMessage.Start start, ClientId client, BusMessage.Ended ended)
      implements SuccessionMessage {
    @Override
    public ExchangeId exchange() {
      return start.exchange();
    }
  }

  /**
   * It runs there already, by the order of another leader.
   *
   * @param since how long it has run
   * @param spoke whether its prompt is done
   * @param ghost whether nobody wants its answer any more
   */
  record Adopt(
      BackendId backend,
      BusMessage.Start start,
      ClientId client,
      Duration since,
      boolean spoke,
      boolean ghost)
      implements SuccessionMessage {
    @Override
    public ExchangeId exchange() {
      return start.exchange();
    }
  }
}
