package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.fleet.Waiting;
import org.jspecify.annotations.Nullable;

/** One request for an answer until it is understood; then its exchange takes over. */
final class Intake implements Upload.Receiver {
  private static final int RARER = 3;
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
    exchange = ingress.open(ticket, dialect, understood, arrival.reply());
    ingress.submit(exchange, understood, arrival.header(ingress.priorityHeader()));
  }

  /** A line that says nothing costs Ollama's clients more than a comment, so they get fewer. */
  private Waiting waiting(Waiting usual) {
    return dialect.family() == Family.OLLAMA ? usual.withFewerBeats(RARER) : usual;
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
        waiting(fleet.plan().waiting()));
  }
}
