package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.http.ingress.Ingress;
import com.visiquate.ccproxy.http.intake.Arrival;
import com.visiquate.ccproxy.http.intake.Connections;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.intake.Visit;
import com.visiquate.ccproxy.http.reply.Cors;
import com.visiquate.ccproxy.http.reply.ErrorBody;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The first to see a request: what is posted goes straight on, all else to the router. */
final class Front {
  /** The route of what has come nowhere: the path of a stranger is no label. */
  private static final String NOWHERE = "none";

  private final Gate gate;
  private final Posts posts;
  private final Router router;
  private final Ingress ingress;
  private final Connections connections;

  Front(Gate gate, Posts posts, Router router, Ingress ingress, Connections connections) {
    this.gate = gate;
    this.posts = posts;
    this.router = router;
    this.ingress = ingress;
    this.connections = connections;
  }

  void handle(HttpServerRequest request) {
    Connections.Activity activity = connections.activity(request.connection());
    if (activity.isTaken()) {
      return;
    }
    if (isDoubtful(request)) {
      activity.takeLast();
    }
    Cors.admit(request);
    Refusal objection = gate.objection(request);
    if (objection != null) {
      refuse(request, activity, objection);
      return;
    }
    if (isWebSocket(request)) {
      // The one status at which Codex goes on over HTTP at once.
      request.response().putHeader(HttpHeaders.UPGRADE, "HTTP/1.1");
      refuse(request, activity, Refusal.noWebSocket());
      return;
    }
    Consumer<Visit> taker = taker(request);
    if (taker != null) {
      taker.accept(new Visit(request, activity, gate.key(request)));
    } else {
      closeAfterwards(request, activity);
      activity.serve(request.response());
      router.handle(request);
    }
  }

  /** Whoever does not come in is told so, and the body that it may still send is not wanted. */
  private void refuse(HttpServerRequest request, Connections.Activity activity, Refusal objection) {
    if (objection.failure().kind() == Failure.Kind.UNAUTHENTICATED) {
      request.response().putHeader("www-authenticate", "Bearer realm=\"ccproxy\"");
    }
    Visit visit = new Visit(request, activity, null);
    Arrival arrival = new Arrival(ingress, NOWHERE, ErrorBody.family(request), visit);
    arrival.reply().closeAfterwards();
    arrival.refuse(objection);
  }

  /**
   * Where others may see another end of it than Netty does. Netty drops a Content-Length beside
   * Transfer-Encoding before it can be refused, and takes a line that begins with a colon for a
   * header, which others take for the end of all. So that nobody hides a second request behind the
   * difference, nothing after such a one is read.
   */
  private static boolean isDoubtful(HttpServerRequest request) {
    return request.getHeader(HttpHeaders.TRANSFER_ENCODING) != null
        || request.headers().contains("");
  }

  private boolean isWebSocket(HttpServerRequest request) {
    String path = request.path();
    return "websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))
        && path != null
        && posts.at(path) != null;
  }

  private @Nullable Consumer<Visit> taker(HttpServerRequest request) {
    String path = request.path();
    return path != null && request.method().equals(HttpMethod.POST) ? posts.at(path) : null;
  }

  private static void closeAfterwards(HttpServerRequest request, Connections.Activity activity) {
    if (activity.isTaken()) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
      request.response().bodyEndHandler(sent -> request.connection().shutdown());
    }
  }

  /** What is no HTTP; its connection cannot be trusted afterwards. */
  void invalid(HttpServerRequest request) {
    HttpReply reply = ingress.services().reply(request, ErrorBody.family(request));
    reply.closeAfterwards();
    int status = malformed(request.decoderResult().cause());
    reply.refuse(Head.of(ingress.services().nextId()), Refusal.malformed(status));
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
