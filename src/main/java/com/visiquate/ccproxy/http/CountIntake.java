package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.anthropic.TokenCount;
import com.visiquate.ccproxy.fleet.Outcome;

/** One question how many tokens a request would be: answered here, at once, waiting for nobody. */
final class CountIntake implements Upload.Receiver {
  static final String TEMPLATE = "/v1/messages/count_tokens";
  private final Ingress ingress;
  private final TokenCount count;
  private final HttpReply reply;
  private final Arrival arrival;
  private boolean done;

  private CountIntake(Ingress ingress, TokenCount count, HttpReply reply, Arrival arrival) {
    this.ingress = ingress;
    this.count = count;
    this.reply = reply;
    this.arrival = arrival;
  }

  static void begin(Ingress ingress, TokenCount count, Visit visit) {
    HttpReply reply = ingress.reply(visit.request(), Family.ANTHROPIC);
    Arrival arrival = new Arrival(ingress, TEMPLATE, visit.request());
    new Upload(reply, ingress, visit, new CountIntake(ingress, count, reply, arrival)).begin();
  }

  @Override
  public void received(byte[] body) {
    if (done) {
      return;
    }
    switch (count.count(body)) {
      case TokenCount.Counted.Uncountable not ->
          refused(Refusal.of(not.failure(), Family.ANTHROPIC));
      case TokenCount.Counted.Tokens tokens -> answer(tokens);
    }
  }

  @Override
  public void refused(Refusal refusal) {
    if (!done) {
      done = true;
      arrival.refuse(refusal, reply);
    }
  }

  @Override
  public void gone() {
    if (!done) {
      done = true;
      arrival.gone();
    }
  }

  private void answer(TokenCount.Counted.Tokens tokens) {
    done = true;
    reply.whole(Head.of(arrival.id()), SmallRoutes.JSON, tokens.body());
    String alias = ingress.fleet().label(tokens.model());
    arrival.ended(alias, Report.early(Outcome.COMPLETED, 200, null, ingress.now()));
  }
}
