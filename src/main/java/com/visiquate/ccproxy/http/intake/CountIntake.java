package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.dialect.TokenCounter;
import com.visiquate.ccproxy.http.reply.Refusal;

/** One question how many tokens a request would be: answered here, at once, waiting for nobody. */
public final class CountIntake implements Upload.Receiver {
  private final Arrival arrival;
  private final TokenCounter counter;
  private final AnsweredOnce end;

  public CountIntake(Arrival arrival, TokenCounter counter) {
    this.arrival = arrival;
    this.end = new AnsweredOnce(arrival);
    this.counter = counter;
  }

  @Override
  public void received(byte[] body) {
    count(counter, body);
  }

  /** The body has been read; this counter knows more than the one of the beginning. */
  public void count(TokenCounter knowing, byte[] body) {
    if (end.isDone()) {
      return;
    }
    switch (knowing.count(body)) {
      case TokenCounter.Counted.Uncountable not -> refused(Refusal.of(not.failure()));
      case TokenCounter.Counted.Tokens tokens -> answer(knowing, tokens);
    }
  }

  private void answer(TokenCounter knowing, TokenCounter.Counted.Tokens tokens) {
    Refusal forbidden = arrival.forbidden(tokens.model());
    if (forbidden != null) {
      refused(forbidden);
      return;
    }
    String alias = arrival.services().fleet().label(tokens.model());
    end.answer(alias, knowing.answer(tokens.tokens()));
  }

  @Override
  public void refused(Refusal refusal) {
    end.refuse(refusal);
  }

  @Override
  public void gone() {
    end.gone();
  }
}
