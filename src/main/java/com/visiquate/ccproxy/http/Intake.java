package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One request from its headers to the end of its body; then its exchange takes over. */
final class Intake {
  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
  private final Ingress ingress;
  private final ChatRoute route;
  private final HttpServerRequest request;
  private final Connections.Seat seat;
  private final HttpReply reply;
  private final ExchangeId id;
  private final Instant arrived;
  private @Nullable Body body;
  private @Nullable Exchange exchange;
  private boolean done;

  Intake(Ingress ingress, ChatRoute route, HttpServerRequest request, Connections.Seat seat) {
    this.ingress = ingress;
    this.route = route;
    this.request = request;
    this.seat = seat;
    this.reply = ingress.reply(request, route.dialect().family());
    this.id = ingress.nextId();
    this.arrived = ingress.now();
    if (seat.isTaken()) {
      reply.closeAfterwards();
    }
  }

  void begin() {
    request.exceptionHandler(broken -> gone());
    request.response().exceptionHandler(broken -> gone()).closeHandler(closed -> gone());
    long declared = declaredLength();
    Refusal refusal = objection(declared);
    if (refusal != null) {
      // The body that it may still send is not wanted.
      reply.closeAfterwards();
      refuse(refusal);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    body = new Body(declared);
    request.handler(this::more).endHandler(end -> complete());
  }

  private @Nullable Refusal objection(long declared) {
    if (ingress.fleet().isDraining()) {
      return Refusal.shuttingDown();
    }
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity")) {
      return Refusal.encoded(encoding);
    }
    if (isForm()) {
      return Refusal.form();
    }
    return declared > ingress.bodyLimit() ? Refusal.tooLarge(ingress.bodyLimit()) : null;
  }

  /**
   * Whether a browser sends what it sends anywhere without asking first; any page that an operator
   * visits could otherwise spend the fleet's time. Other clients may label JSON as they like.
   */
  private boolean isForm() {
    if (request.getHeader(HttpHeaders.ORIGIN) == null) {
      return false;
    }
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    return type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json");
  }

  private long declaredLength() {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    // Netty has refused what is not a number, and drops it beside Transfer-Encoding.
    return length == null ? -1 : Long.parseLong(length);
  }

  private void more(Buffer chunk) {
    seat.touch();
    if (done || body == null) {
      return;
    }
    if (body.length() + (long) chunk.length() > ingress.bodyLimit()) {
      body = null;
      reply.closeAfterwards();
      refuse(Refusal.tooLarge(ingress.bodyLimit()));
    } else {
      body.add(chunk);
    }
  }

  private void complete() {
    if (done || body == null) {
      return;
    }
    seat.serve(request.response());
    byte[] bytes = body.whole();
    body = null;
    try {
      decode(bytes);
    } catch (RuntimeException bug) {
      LOG.atError().addKeyValue("exchange", id).setCause(bug).log("request failed");
      Failure failure = Failure.of(Failure.Kind.INTERNAL, "The gateway failed; please report it.");
      refuse(Refusal.of(failure, family()));
    }
  }

  private void decode(byte[] bytes) {
    if (bytes.length == 0) {
      refuse(Refusal.emptyBody());
    } else if (ingress.fleet().isDraining()) {
      reply.closeAfterwards();
      refuse(Refusal.shuttingDown());
    } else {
      switch (route.dialect().decode(bytes)) {
        case Decoded.Misunderstood not -> refuse(Refusal.of(not.failure(), family()));
        case Decoded.Understood understood -> submit(understood);
      }
    }
  }

  private void submit(Decoded.Understood understood) {
    Ticket ticket = ticket(understood);
    done = true;
    exchange = ingress.open(ticket, route.dialect(), understood, reply);
    ingress.submit(exchange, understood, request.getHeader(ingress.priorityHeader()));
  }

  private Ticket ticket(Decoded.Understood understood) {
    String timeout = request.getHeader("x-stainless-read-timeout");
    return new Ticket(
        id,
        route.template(),
        ingress.fleet().label(understood.request().model()),
        client(understood.client()),
        understood.stream(),
        arrived,
        Deadline.of(
            arrived,
            ingress.fleet().plan().limits(),
            understood.stream(),
            timeout == null ? request.getHeader("x-stainless-timeout") : timeout),
        ingress.fleet().plan().waiting());
  }

  private ClientId client(@Nullable String hint) {
    SocketAddress remote = request.remoteAddress();
    String address =
        remote == null || remote.hostAddress() == null ? "unknown" : remote.hostAddress();
    return ClientIdentity.of(request::getHeader, hint, address);
  }

  private void refuse(Refusal refusal) {
    if (done) {
      return;
    }
    done = true;
    int status = reply.refuse(Head.of(id), refusal);
    record(Report.early(Outcome.REFUSED, status, refusal.failure(), ingress.now()));
  }

  private void gone() {
    if (exchange != null) {
      exchange.clientGone(ingress.now());
    } else if (!done) {
      done = true;
      record(Report.early(Outcome.CLIENT_GONE, 0, null, ingress.now()));
    }
  }

  private void record(Report report) {
    Ticket ticket =
        new Ticket(
            id,
            route.template(),
            Ticket.UNKNOWN,
            client(null),
            false,
            arrived,
            arrived,
            ingress.fleet().plan().waiting());
    ingress.ledger().ended(ticket, report);
  }

  private Family family() {
    return route.dialect().family();
  }
}
