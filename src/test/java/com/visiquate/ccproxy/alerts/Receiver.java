package com.visiquate.ccproxy.alerts;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A real HTTP server that is posted to; fails the first few. */
final class Receiver {
  private final BlockingQueue<Post> posts = new LinkedBlockingQueue<>();
  private final AtomicInteger failing;
  private final HttpServer server;

  /** What it was posted. */
  record Post(String path, Map<String, String> headers, String body, int status) {}

  Receiver(Vertx vertx, int failing) throws Exception {
    this.failing = new AtomicInteger(failing);
    server = done(vertx.createHttpServer().requestHandler(this::handle).listen(0, "127.0.0.1"));
  }

  String url() {
    return "http://127.0.0.1:" + server.actualPort() + "/hook";
  }

  /** The next that came. */
  Post next() throws InterruptedException {
    return Optional.ofNullable(posts.poll(20, TimeUnit.SECONDS)).orElseThrow();
  }

  boolean isEmpty() {
    return posts.isEmpty();
  }

  private void handle(HttpServerRequest request) {
    int status = failing.getAndDecrement() > 0 ? 500 : 204;
    request
        .body()
        .onSuccess(
            body -> {
              Map<String, String> headers =
                  Map.of(
                      "content-type", header(request, "content-type"),
                      "authorization", header(request, "authorization"));
              posts.add(new Post(String.valueOf(request.path()), headers, body.toString(), status));
              request.response().setStatusCode(status).end();
            });
  }

  private static String header(HttpServerRequest request, String name) {
    return Optional.ofNullable(request.getHeader(name)).orElse("");
  }

  static <T> T done(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
