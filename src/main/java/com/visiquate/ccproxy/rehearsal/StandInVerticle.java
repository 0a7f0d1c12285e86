package com.visiquate.ccproxy.rehearsal;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Ollama of the rehearsal, on a free port of the loopback interface. Owns its server. */
public final class StandInVerticle extends VerticleBase {
  private @Nullable HttpServer server;

  /** The port that it listens on, once deployed. */
  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  /** The model that chats, by the name that it goes by here. */
  public static String chatModel() {
    return StandIn.CHAT_MODEL;
  }

  /** The model that embeds. */
  public static String embeddingModel() {
    return StandIn.EMBEDDING_MODEL;
  }

  @Override
  public Future<?> start() {
    HttpServer listening =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(StandInVerticle::asked);
    server = listening;
    return listening.listen();
  }

  @Override
  public Future<?> stop() {
    return server == null ? Future.succeededFuture() : server.close();
  }

  private static void asked(HttpServerRequest request) {
    request.body().onSuccess(body -> answer(request, body.toString(StandardCharsets.UTF_8)));
  }

  /** Each piece in a chunk of its own, as Ollama sends them. */
  private static void answer(HttpServerRequest request, String body) {
    List<String> pieces = StandIn.answer(String.valueOf(request.path()), body);
    HttpServerResponse response = request.response();
    response.setStatusCode(pieces.isEmpty() ? 404 : 200).setChunked(true);
    pieces.forEach(response::write);
    response.end();
  }
}
