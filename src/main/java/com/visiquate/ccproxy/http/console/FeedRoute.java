package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The stream of what the console shows, for browsers and for scripts. */
final class FeedRoute {
  private final Gate gate;
  private final Viewers viewers;
  private final SmallRoutes routes;

  FeedRoute(Gate gate, Viewers viewers, SmallRoutes routes) {
    this.gate = gate;
    this.viewers = viewers;
    this.routes = routes;
  }

  void mount() {
    routes.read("/ccproxy/events", this::watch);
    routes.read("/ccproxy/now", this::look);
  }

  /** The whole document, once. */
  private void look(RoutingContext context) {
    Refusal objection = gate.operatorObjection(context.request());
    if (objection != null) {
      routes.refuse(context, objection);
      return;
    }
    viewers
        .look()
        .onSuccess(body -> SmallRoutes.send(context, 200, HttpReply.JSON, body))
        .onFailure(silence -> routes.refuse(context, Refusal.of(Failure.notReady())));
  }

  private void watch(RoutingContext context) {
    HttpServerRequest request = context.request();
    Refusal objection = gate.operatorObjection(request);
    if (objection == null && !viewers.hasRoom()) {
      objection = crowded();
    }
    if (objection != null) {
      routes.refuse(context, objection);
      return;
    }
    HttpServerResponse response = context.response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .putHeader("x-accel-buffering", "no")
        .putHeader("x-content-type-options", "nosniff");
    if (request.method().equals(HttpMethod.HEAD)) {
      response.end();
    } else {
      viewers.join(response.setChunked(true), request.connection(), last(request));
    }
  }

  /** What a browser says by itself when it comes back; scripts may put it in the query. */
  private static @Nullable String last(HttpServerRequest request) {
    String header = request.getHeader("last-event-id");
    return header == null ? request.getParam("last-event-id") : header;
  }

  private static Refusal crowded() {
    return Refusal.of(
        Failure.of(Failure.Kind.NO_BACKEND, "Too many watch already; try again later.")
            .retryingAfter(Duration.ofSeconds(30)));
  }
}
