package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import org.jspecify.annotations.Nullable;

/** One request for an answer until it is understood; then its exchange takes over. */
final class Intake implements Upload.Receiver {
  private final Arrival arrival;
  private final Dialect dialect;
  private @Nullable Exchange exchange;
  private boolean done;

  Intake(Arrival arrival, Dialect dialect) {
    this.arrival = arrival;
    this.dialect = dialect;
  }

  @Override
  public void received(byte[] body) {
    if (!done) {
      understand(dialect.decode(body));
    }
  }

  /** The body has been read, by whoever knows how. */
  void understand(Decoded decoded) {
    if (done) {
      return;
    }
    switch (decoded) {
      case Decoded.Misunderstood not -> refused(Refusal.of(not.failure(), dialect.family()));
      case Decoded.Understood understood -> submit(understood);
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
    if (exchange != null) {
      exchange.clientGone(arrival.ingress().now());
    } else if (!done) {
      done = true;
      arrival.gone();
    }
  }

  private void submit(Decoded.Understood understood) {
    Ingress ingress = arrival.ingress();
    Ticket ticket = ticket(ingress.fleet(), understood);
    done = true;
    SizedRequest request = ingress.sized(understood);
    exchange = ingress.open(ticket, dialect, request, arrival.reply());
    ingress.submit(exchange, request, arrival.header(ingress.priorityHeader()));
  }

  private Ticket ticket(Fleet fleet, Decoded.Understood understood) {
    String timeout = arrival.header("x-stainless-read-timeout");
    return new Ticket(
        arrival.id(),
        arrival.route(),
        fleet.label(understood.model()),
        arrival.client(understood.client()),
        understood.stream(),
        arrival.at(),
        Deadline.of(
            arrival.at(),
            fleet.plan().limits(),
            understood.stream(),
            timeout == null ? arrival.header("x-stainless-timeout") : timeout),
        fleet.plan().waiting());
  }
}
