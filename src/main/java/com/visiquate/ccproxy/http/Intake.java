package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Decoded;
import org.jspecify.annotations.Nullable;

/** One request for an answer until it is understood; then its exchange takes over. */
final class Intake implements Upload.Receiver {
  private final Ingress ingress;
  private final ChatRoute route;
  private final HttpReply reply;
  private final Arrival arrival;
  private @Nullable Exchange exchange;
  private boolean done;

  private Intake(Ingress ingress, ChatRoute route, HttpReply reply, Arrival arrival) {
    this.ingress = ingress;
    this.route = route;
    this.reply = reply;
    this.arrival = arrival;
  }

  /** Takes a request in. */
  static void begin(Ingress ingress, ChatRoute route, Visit visit) {
    HttpReply reply = ingress.reply(visit.request(), route.dialect().family());
    Arrival arrival = new Arrival(ingress, route.template(), visit.request());
    new Upload(reply, ingress, visit, new Intake(ingress, route, reply, arrival)).begin();
  }

  @Override
  public void received(byte[] body) {
    if (done) {
      return;
    }
    switch (route.dialect().decode(body)) {
      case Decoded.Misunderstood not ->
          refused(Refusal.of(not.failure(), route.dialect().family()));
      case Decoded.Understood understood -> submit(understood);
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
    if (exchange != null) {
      exchange.clientGone(ingress.now());
    } else if (!done) {
      done = true;
      arrival.gone();
    }
  }

  private void submit(Decoded.Understood understood) {
    Ticket ticket = ticket(understood);
    done = true;
    exchange = ingress.open(ticket, route.dialect(), understood, reply);
    ingress.submit(exchange, understood, arrival.header(ingress.priorityHeader()));
  }

  private Ticket ticket(Decoded.Understood understood) {
    String timeout = arrival.header("x-stainless-read-timeout");
    return new Ticket(
        arrival.id(),
        arrival.route(),
        ingress.fleet().label(understood.request().model()),
        arrival.client(understood.client()),
        understood.stream(),
        arrival.at(),
        Deadline.of(
            arrival.at(),
            ingress.fleet().plan().limits(),
            understood.stream(),
            timeout == null ? arrival.header("x-stainless-timeout") : timeout),
        ingress.fleet().plan().waiting());
  }
}
