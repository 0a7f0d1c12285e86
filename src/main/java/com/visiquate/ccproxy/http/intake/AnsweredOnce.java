package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.http.reply.Refusal;

/** The one end of a request that nobody has understood yet; a second one is nothing. */
final class AnsweredOnce {
  private final Arrival arrival;
  private boolean done;

  AnsweredOnce(Arrival arrival) {
    this.arrival = arrival;
  }

  boolean isDone() {
    return done;
  }

  void answer(String label, byte[] answer) {
    if (ends()) {
      arrival.answer(label, answer);
    }
  }

  void refuse(Refusal refusal) {
    if (ends()) {
      arrival.refuse(refusal);
    }
  }

  void gone() {
    if (ends()) {
      arrival.gone();
    }
  }

  /** An exchange answers it from now on. */
  void handOver() {
    done = true;
  }

  private boolean ends() {
    boolean first = !done;
    done = true;
    return first;
  }
}
