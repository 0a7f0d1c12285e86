package com.visiquate.ccproxy;

import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;

/** A gateway that runs. Owns its listening port. */
public final class Gateway {
  private final HttpServer server;

  private Gateway(HttpServer server) {
    this.server = server;
  }

  /** Starts to listen; fails when the port is taken. */
  public static Future<Gateway> start(Vertx vertx, Settings settings) {
    return vertx
        .createHttpServer()
        .requestHandler(request -> request.response().setStatusCode(503).end())
        .listen(settings.server().port(), settings.server().host())
        .map(Gateway::new);
  }

  public int port() {
    return server.actualPort();
  }

  /** Takes a new plan over. */
  public Future<Void> reload(FleetPlan plan) {
    return Future.succeededFuture();
  }

  /** Takes no more requests and lets the running ones end. */
  public Future<Void> drain() {
    return server.close();
  }
}
