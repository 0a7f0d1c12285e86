package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.reply.Cors;
import com.visiquate.ccproxy.http.reply.ErrorBody;
import com.visiquate.ccproxy.http.reply.Head;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything but chat: what a path allows, and honest errors for the rest. */
public final class SmallRoutes {
  private static final String READ = "GET, HEAD, OPTIONS";
  private static final String KEEP = "GET, HEAD, DELETE, OPTIONS";
  private static final String ASK = "POST, OPTIONS";

  /** What Claude Code asks to see whether anybody is there. */
  private static final String HELLO = "{\"message\":\"hello\"}";

  private final Router router;
  private final Services services;

  public SmallRoutes(Router router, Services services) {
    this.router = router;
    this.services = services;
    router.route().handler(this::identify);
    read("/api/hello", context -> send(context, 200, HttpReply.JSON, Buffer.buffer(HELLO)));
  }

  /** A path that is read. */
  public void read(String path, Handler<RoutingContext> handler) {
    show(path, handler);
    allow(path, READ);
  }

  /** A path that is read or deleted. */
  void keep(String path, Handler<RoutingContext> reader, Handler<RoutingContext> remover) {
    show(path, reader);
    router.delete(path).handler(remover);
    allow(path, KEEP);
  }

  /** A path that is read, and does different things by other methods. */
  public void methods(String path, Map<HttpMethod, Handler<RoutingContext>> handlers) {
    List<String> names = new ArrayList<>();
    handlers.forEach(
        (method, handler) -> {
          router.route(method, path).handler(handler);
          names.add(method.name());
        });
    names.add(HttpMethod.OPTIONS.name());
    allow(path, String.join(", ", names));
  }

  /** A path that is posted to. */
  public void post(String path, Handler<RoutingContext> handler) {
    router.post(path).handler(handler);
    allow(path, ASK);
  }

  /** A path that is posted to; such a POST never comes here. */
  public void ask(String path) {
    allow(path, ASK);
  }

  /** Paths that nobody may use, whatever the method; what they would send is not wanted. */
  void forbid(String path, Refusal refusal) {
    router
        .route(path)
        .handler(
            context -> {
              HttpReply reply =
                  services.reply(context.request(), ErrorBody.family(context.request()));
              reply.closeAfterwards();
              reply.refuse(Head.of(services.nextId()), refusal);
            });
  }

  /** After all others: whatever is left is not there. */
  public void nothingElse() {
    router.route().handler(this::noSuchPath);
    router.errorHandler(404, this::noSuchPath);
    router.errorHandler(400, context -> refuse(context, Refusal.malformed(400)));
  }

  public static void send(RoutingContext context, int status, String type, Buffer body) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
        .end(body);
  }

  public void refuse(RoutingContext context, Refusal refusal) {
    Family family = ErrorBody.family(context.request());
    services.reply(context.request(), family).refuse(Head.of(services.nextId()), refusal);
  }

  private void show(String path, Handler<RoutingContext> handler) {
    router.get(path).handler(handler);
    router.head(path).handler(handler);
  }

  private void allow(String path, String methods) {
    router.options(path).handler(context -> options(context.request(), methods));
    router
        .route(path)
        .handler(
            context -> {
              context.response().putHeader(HttpHeaders.ALLOW, methods);
              refuse(context, Refusal.wrongMethod(context.request().method().name(), methods));
            });
  }

  private static void options(HttpServerRequest request, String methods) {
    Cors.preflight(request, methods);
    request.response().setStatusCode(204).putHeader(HttpHeaders.ALLOW, methods).end();
  }

  private void identify(RoutingContext context) {
    Family family = ErrorBody.family(context.request());
    Head.identify(context.response().headers(), services.nextId(), family);
    context.next();
  }

  private void noSuchPath(RoutingContext context) {
    refuse(context, Refusal.noSuchPath(path(context)));
  }

  static String path(RoutingContext context) {
    String path = context.request().path();
    return path == null ? "" : path;
  }
}
