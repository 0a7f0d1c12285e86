package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.anthropic.TokenCount;

/** One question how many tokens a request would be: answered here, at once, waiting for nobody. */
final class CountIntake implements Upload.Receiver {
  private final Arrival arrival;
  private final TokenCount count;
  private boolean done;

  CountIntake(Arrival arrival, TokenCount count) {
    this.arrival = arrival;
    this.count = count;
  }

  @Override
  public void received(byte[] body) {
    if (done) {
      return;
    }
    switch (count.count(body)) {
      case TokenCount.Counted.Uncountable not ->
          refused(Refusal.of(not.failure(), Family.ANTHROPIC));
      case TokenCount.Counted.Tokens tokens -> {
        done = true;
        arrival.answer(arrival.ingress().fleet().label(tokens.model()), tokens.body());
      }
    }
  }

  @Override
  public void refused(Refusal refusal) {
    if (!done) {
      done = true;
      arrival.refuse(refusal);
    }
  }

  @Override
  public void gone() {
    if (!done) {
      done = true;
      arrival.gone();
    }
  }
}
