package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.Engine;
import com.visiquate.ccproxy.simulator.engine.Ledger;
import com.visiquate.ccproxy.simulator.engine.Seen;
import com.visiquate.ccproxy.simulator.engine.WallClock;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.fault.FaultPlan;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.request.Installed;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.wire.RefusedException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One simulated server on its own event loop: its sockets, its engine and the engine's pulse. */
final class Server extends VerticleBase {
  /** One timer moves all answers of a server; this is what their pace is exact to. */
  private static final long PULSE_MILLIS = 2;

  private static final String HOST = "127.0.0.1";
  private static final int PORT_TRIES = 1_000;
  private static final int MOST_BODY_REMEMBERED = 64 * 1024;

  private final Profile profile;
  private final Ledger ledger;
  private final FaultPlan faults;
  private final Control control;
  private final Sockets sockets;
  private final WallClock clock = new WallClock();
  private final Endpoints endpoints;
  private final Reservation reservation = new Reservation(HOST);
  private final Set<HttpConnection> connections = new HashSet<>();
  private Engine engine;
  private @Nullable HttpServer listening;
  private volatile int port;
  private long pulse = -1;

  Server(
      Profile profile,
      Ledger ledger,
      FaultPlan faults,
      Function<Ask, Optional<Script>> scripts,
      Sockets sockets) {
    this.profile = profile;
    this.ledger = ledger;
    this.faults = faults;
    this.sockets = sockets;
    this.control = new Control(ledger, faults, clock);
    this.port = profile.port();
    Installed installed = new Installed(profile.models());
    Answers answers = new Answers(profile, installed, clock, faults, scripts);
    this.endpoints = new Endpoints(profile, installed, answers, clock);
    this.engine = new Engine(profile, ledger, clock.now());
  }

  @Override
  public Future<?> start() {
    return listen();
  }

  @Override
  public Future<?> stop() {
    return kill().onComplete(dead -> reservation.release());
  }

  int port() {
    return port;
  }

  Context home() {
    return context;
  }

  /** Opens the port; harmless when it is open. */
  Future<Void> listen() {
    if (listening != null) {
      return Future.succeededFuture();
    }
    port = reservation.hold(port);
    return open()
        .recover(
            notShared -> {
              reservation.release();
              return open();
            });
  }

  private Future<Void> open() {
    HttpServer server =
        vertx.createHttpServer(
            new HttpServerOptions().setTcpNoDelay(true).setMaxHeaderSize(64 * 1024));
    listening = server;
    return server
        .connectionHandler(this::connected)
        .requestHandler(this::receive)
        .listen(port, HOST)
        .onSuccess(bound -> port = bound.actualPort())
        .mapEmpty();
  }

  /** Closes the port, and the connections with it; models and caches stay. */
  Future<Void> refuse() {
    HttpServer server = listening;
    listening = null;
    return server == null
        ? Future.succeededFuture()
        : server
            .close()
            .onComplete(closed -> reservation.hold(port))
            .eventually(() -> untilRefused(PORT_TRIES));
  }

  /** A closed port still takes connections until its selector has let go of it. */
  private Future<Void> untilRefused(int tries) {
    NetClient client = vertx.createNetClient();
    return client
        .connect(port, HOST)
        .compose(still -> tries == 0 ? still.close() : again(still, tries), Server::isRefused)
        .eventually(client::close);
  }

  private Future<Void> again(NetSocket still, int tries) {
    return still.close().compose(closed -> untilRefused(tries - 1));
  }

  private static Future<Void> isRefused(Throwable refused) {
    return Future.succeededFuture();
  }

  /** The process dies: every connection is cut, models and caches are gone. */
  Future<Void> kill() {
    stopPulse();
    engine.die();
    engine = new Engine(profile, ledger, clock.now());
    Set.copyOf(connections).forEach(sockets::cut);
    return refuse();
  }

  private void connected(HttpConnection connection) {
    connections.add(connection);
    connection.closeHandler(closed -> connections.remove(connection));
  }

  private void receive(HttpServerRequest request) {
    ledger.request(path(request));
    Reply reply = new Reply(request, sockets, clock);
    if (Control.handles(path(request))) {
      control.serve(path(request), request, reply);
    } else if (endpoints.admits(request, reply)) {
      Engine mine = engine;
      request.body().onSuccess(body -> serve(mine, request, body.toString(), reply));
    }
  }

  private void serve(Engine mine, HttpServerRequest request, String body, Reply reply) {
    remember(request, body);
    Optional<Fault> slow = path(request).equals("/api/ps") ? faults.forPs() : Optional.empty();
    if (slow.isPresent() && slow.get() instanceof Fault.SlowPs ps) {
      vertx.setTimer(
          Math.max(1, ps.time().toMillis()), late -> answer(mine, path(request), body, reply));
      return;
    }
    answer(mine, path(request), body, reply);
  }

  private void answer(Engine mine, String path, String body, Reply reply) {
    try {
      endpoints.serve(path, body, mine, reply);
    } catch (RefusedException e) {
      reply.refuse(e.refusal());
    }
    if (!mine.idle()) {
      startPulse();
    }
  }

  private void remember(HttpServerRequest request, String body) {
    Map<String, String> headers = new TreeMap<>();
    request
        .headers()
        .forEach(
            header ->
                headers.put(header.getKey().toLowerCase(java.util.Locale.ROOT), header.getValue()));
    String kept = body.substring(0, Math.min(body.length(), MOST_BODY_REMEMBERED));
    ledger.received(new Seen.Received(request.method().name(), path(request), headers, kept));
  }

  // Null only for a request line that is no HTTP.
  private static String path(HttpServerRequest request) {
    String path = request.path();
    return path == null ? "" : path;
  }

  private void startPulse() {
    if (pulse < 0) {
      pulse = vertx.setPeriodic(PULSE_MILLIS, beat -> beat());
    }
  }

  private void beat() {
    engine.advance(clock.now());
    if (engine.idle()) {
      stopPulse();
    }
  }

  private void stopPulse() {
    if (pulse >= 0) {
      vertx.cancelTimer(pulse);
      pulse = -1;
    }
  }
}
