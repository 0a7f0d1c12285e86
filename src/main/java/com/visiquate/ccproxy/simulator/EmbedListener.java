package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.Run;
import com.visiquate.ccproxy.simulator.engine.Totals;
import com.visiquate.ccproxy.simulator.speech.Utterance;
import com.visiquate.ccproxy.simulator.wire.Refusal;

/** Writes vectors when their model has read the inputs. */
record EmbedListener(Embeddings embeddings, Reply reply) implements Run.Listener {
  @Override
  public void line(Utterance.Line line) {}

  @Override
  public void end(Totals totals) {
    reply.json(embeddings.json(totals));
  }

  @Override
  public void failed(Refusal refusal) {
    reply.refuse(refusal);
  }
}
