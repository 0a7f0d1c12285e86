package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.Run;
import com.visiquate.ccproxy.simulator.engine.Totals;
import com.visiquate.ccproxy.simulator.engine.WallClock;
import com.visiquate.ccproxy.simulator.speech.Utterance;
import com.visiquate.ccproxy.simulator.wire.Refusal;

/** Writes the reply to a request that only wants its model loaded. */
record LoadListener(Lines lines, Reply reply, WallClock clock) implements Run.Listener {
  @Override
  public void line(Utterance.Line line) {}

  @Override
  public void end(Totals totals) {
    reply.json(lines.nothing(clock.rfc3339(clock.now()), "load"));
  }

  @Override
  public void failed(Refusal refusal) {
    reply.refuse(refusal);
  }
}
