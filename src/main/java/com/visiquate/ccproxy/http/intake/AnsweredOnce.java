package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.http.reply.Refusal;

/** The one end of a request that is answered without an exchange; a second one is nothing. */
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

  private boolean ends() {
    boolean first = !done;
    done = true;
    return first;
  }
}
