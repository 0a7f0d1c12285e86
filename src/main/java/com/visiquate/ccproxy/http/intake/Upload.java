package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.reply.Packing;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The body of one request, from its headers to its end: bounded, unpacked, or refused. */
public final class Upload {
  private static final Logger LOG = LoggerFactory.getLogger(Upload.class);

  /** Who wants the body; is told one of the first two at most once. */
  public interface Receiver {
    /** All of it, unpacked and not empty. */
    void received(byte[] body);

    void refused(Refusal refusal);

    /** The client has gone, now or long after; told any number of times. */
    void gone();
  }

  private final Arrival arrival;
  private final Services services;
  private final HttpServerRequest request;
  private final Receiver receiver;
  private Packing packing = Packing.NONE;
  private @Nullable Body body;

  public Upload(Arrival arrival, Receiver receiver) {
    this.arrival = arrival;
    this.services = arrival.services();
    this.request = arrival.request();
    this.receiver = receiver;
  }

  public void begin() {
    request.exceptionHandler(broken -> receiver.gone());
    request
        .response()
        .exceptionHandler(broken -> receiver.gone())
        .closeHandler(closed -> receiver.gone());
    long declared = declaredLength();
    Refusal refusal = objection(declared);
    if (refusal != null) {
      // The body that it may still send is not wanted.
      arrival.reply().closeAfterwards();
      receiver.refused(refusal);
      return;
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      request.response().writeContinue();
    }
    body = new Body(declared);
    arrival.activity().expectBody(this::tooSlow);
    request.handler(this::more).endHandler(end -> complete());
  }

  private @Nullable Refusal objection(long declared) {
    if (services.fleet().isDraining()) {
      return Refusal.shuttingDown();
    }
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    Packing known = Packing.named(encoding);
    if (known == null) {
      request.response().putHeader(HttpHeaders.ACCEPT_ENCODING, Packing.OFFERED);
      return Refusal.encoded(String.valueOf(encoding));
    }
    packing = known;
    if (isForm()) {
      return Refusal.form();
    }
    return declared > services.bodyLimit() ? Refusal.tooLarge(services.bodyLimit()) : null;
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
    if (body == null) {
      return;
    }
    arrival.activity().touch();
    if (body.length() + (long) chunk.length() > services.bodyLimit()) {
      body = null;
      arrival.activity().bodyEnded();
      arrival.reply().closeAfterwards();
      receiver.refused(Refusal.tooLarge(services.bodyLimit()));
    } else {
      body.add(chunk);
    }
  }

  private void complete() {
    if (body == null) {
      return;
    }
    arrival.activity().bodyEnded();
    arrival.activity().serve(request.response());
    byte[] bytes = body.whole();
    body = null;
    if (packing == Packing.NONE) {
      hand(bytes);
    } else {
      services.unpack(packing, bytes).onComplete(this::unpacked, this::failed);
    }
  }

  /** Whoever sends a byte now and then would hold its connection for ever. */
  private void tooSlow() {
    if (body != null) {
      body = null;
      arrival.reply().closeAfterwards();
      receiver.refused(Refusal.tooSlow());
    }
  }

  private void unpacked(Packing.Unpacked unpacked) {
    switch (unpacked) {
      case Packing.Unpacked.Plain plain -> hand(plain.bytes());
      case Packing.Unpacked.TooLarge large ->
          receiver.refused(Refusal.tooLarge(services.bodyLimit()));
      case Packing.Unpacked.Broken broken -> receiver.refused(Refusal.packedBadly(packing));
    }
  }

  /** The edge: what one body does wrong ends that request and no other. */
  private void hand(byte[] bytes) {
    try {
      if (bytes.length == 0) {
        receiver.refused(Refusal.emptyBody());
      } else if (services.fleet().isDraining()) {
        arrival.reply().closeAfterwards();
        receiver.refused(Refusal.shuttingDown());
      } else {
        byte[] named = arrival.named(bytes);
        arrival.reading(named, () -> receiver.received(named));
      }
    } catch (RuntimeException bug) {
      failed(bug);
    }
  }

  private void failed(Throwable bug) {
    LOG.atError().addKeyValue(LogKeys.EXCHANGE, arrival.id()).setCause(bug).log("request failed");
    receiver.refused(Refusal.of(Failure.bug()));
  }
}
