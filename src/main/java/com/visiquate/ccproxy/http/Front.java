package com.visiquate.ccproxy.http;

import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.Map;

/** The first to see a request: chat goes straight on, all else to the router. */
final class Front {
  private final Map<String, ChatRoute> chats;
  private final Router router;
  private final Ingress ingress;
  private final Connections connections;

  Front(Map<String, ChatRoute> chats, Router router, Ingress ingress, Connections connections) {
    this.chats = chats;
    this.router = router;
    this.ingress = ingress;
    this.connections = connections;
  }

  void handle(HttpServerRequest request) {
    Connections.Seat seat = connections.seat(request.connection());
    if (seat.isTaken()) {
      return;
    }
    if (request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
      // Netty drops a Content-Length beside Transfer-Encoding before it can be refused. So that
      // nobody hides a second request behind the difference, nothing after the first is read.
      seat.takeLast();
    }
    ChatRoute chat = request.method().equals(HttpMethod.POST) ? chats.get(request.path()) : null;
    if (chat != null) {
      new Intake(ingress, chat, request, seat).begin();
    } else {
      closeAfterwards(request, seat);
      router.handle(request);
    }
  }

  private static void closeAfterwards(HttpServerRequest request, Connections.Seat seat) {
    if (seat.isTaken()) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.response().bodyEndHandler(sent -> request.connection().shutdown());
    }
  }

  /** What is no HTTP; its connection cannot be trusted afterwards. */
  void invalid(HttpServerRequest request) {
    String path = request.path() == null ? "/" : request.path();
    HttpReply reply = ingress.reply(request, ErrorBody.family(path));
    reply.closeAfterwards();
    int status = malformed(request.decoderResult().cause());
    reply.refuse(Head.of(ingress.nextId()), Refusal.malformed(status));
  }

  private static int malformed(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return 414;
    }
    return cause instanceof TooLongHttpHeaderException || cause instanceof TooLongFrameException
        ? 431
        : 400;
  }
}
