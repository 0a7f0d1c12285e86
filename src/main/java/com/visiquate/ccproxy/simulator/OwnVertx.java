package com.visiquate.ccproxy.simulator;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import org.jspecify.annotations.Nullable;

/**
 * The Vert.x that a server has for itself, for the sake of a transport that lets it at its sockets;
 * it lives within the Vert.x that this is deployed on, and ends with it at the latest.
 */
final class OwnVertx extends VerticleBase {
  private final Server server;
  private final Sockets sockets;
  private volatile @Nullable Vertx own;

  OwnVertx(Server server, Sockets sockets) {
    this.server = server;
    this.sockets = sockets;
  }

  @Override
  public Future<?> start() {
    Promise<String> started = Promise.promise();
    // Elsewhere, because Vert.x warns of one that is made on a thread of another; here it is meant.
    Thread.ofPlatform().name("ollama").start(() -> begin(started));
    return started.future();
  }

  private void begin(Promise<String> started) {
    try {
      Vertx made =
          Vertx.builder()
              .with(new VertxOptions().setEventLoopPoolSize(1))
              .withTransport(new WatchedTransport(sockets::accepted))
              .build();
      own = made;
      made.deployVerticle(server)
          .onSuccess(started::complete)
          .onFailure(cause -> failed(made, cause, started));
    } catch (RuntimeException unable) {
      started.fail(unable);
    }
  }

  /** What does not start is not stopped either; its thread tells why before it ends. */
  private static void failed(Vertx made, Throwable cause, Promise<String> started) {
    started.fail(cause);
    made.close();
  }

  @Override
  public Future<?> stop() {
    Vertx made = own;
    return made == null ? Future.succeededFuture() : made.close();
  }
}
