package com.visiquate.ccproxy.simulator;

import com.visiquate.ccproxy.simulator.engine.Ledger;
import com.visiquate.ccproxy.simulator.engine.Seen;
import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.fault.FaultPlan;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A running simulated Ollama on the loopback interface; every method may be called from any thread.
 */
public final class Simulator {
  private final Vertx vertx;
  private final Server server;
  private final Ledger ledger;
  private final FaultPlan faults;
  private final Scripts scripts;
  private final String deployment;

  /** What tests want said: first the queue, then the function, then the simulator's own words. */
  private record Scripts(
      Queue<Script> queue, AtomicReference<Function<Ask, Optional<Script>>> chosen) {
    Optional<Script> next(Ask ask) {
      return Optional.ofNullable(queue.poll()).or(() -> chosen.get().apply(ask));
    }
  }

  private Simulator(
      Vertx vertx,
      Server server,
      Ledger ledger,
      FaultPlan faults,
      Scripts scripts,
      String deployment) {
    this.vertx = vertx;
    this.server = server;
    this.ledger = ledger;
    this.faults = faults;
    this.scripts = scripts;
    this.deployment = deployment;
  }

  /** Starts a server, which ends with this Vert.x; it listens when the future completes. */
  public static Future<Simulator> start(Vertx vertx, Profile profile) {
    Ledger ledger = new Ledger();
    FaultPlan faults = new FaultPlan(profile.seed());
    Scripts scripts =
        new Scripts(new ConcurrentLinkedQueue<>(), new AtomicReference<>(ask -> Optional.empty()));
    Sockets sockets = new Sockets();
    Server server = new Server(profile, ledger, faults, scripts::next, sockets);
    return vertx
        .deployVerticle(new OwnVertx(server, sockets))
        .map(id -> new Simulator(vertx, server, ledger, faults, scripts, id));
  }

  public int port() {
    return server.port();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  public Seen seen() {
    return ledger.seen();
  }

  /** Misbehaves towards the next request that wants an answer. */
  public Future<Void> inject(Fault fault) {
    return inject(fault, new Extent.Next(1));
  }

  /** Misbehaves that often; {@link Fault.Refuse} holds until healed whatever the extent. */
  public Future<Void> inject(Fault fault, Extent extent) {
    if (fault instanceof Fault.Refuse) {
      return onServer(server::refuse);
    }
    faults.inject(fault, extent);
    return Future.succeededFuture();
  }

  /** Forgets all faults, and listens again. */
  public Future<Void> heal() {
    faults.heal();
    return onServer(server::listen);
  }

  /** The next answers, one each, in order. */
  public Simulator script(Script... answers) {
    scripts.queue.addAll(java.util.List.of(answers));
    return this;
  }

  /** Chooses the answer by the request; empty leaves it to the simulator. */
  public Simulator script(Function<Ask, Optional<Script>> choice) {
    scripts.chosen.set(choice);
    return this;
  }

  /** The process dies: connections are cut, the port is closed, models and caches are gone. */
  public Future<Void> kill() {
    return onServer(server::kill);
  }

  /** A new process on the same port, with nothing loaded. */
  public Future<Void> restart() {
    return onServer(() -> server.kill().compose(dead -> server.listen()));
  }

  public Future<Void> close() {
    return vertx.undeploy(deployment).recover(gone -> Future.succeededFuture());
  }

  private Future<Void> onServer(Supplier<Future<Void>> action) {
    Promise<Void> done = Promise.promise();
    server.home().runOnContext(here -> action.get().onComplete(done));
    return done.future();
  }
}
