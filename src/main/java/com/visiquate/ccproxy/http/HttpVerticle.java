package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.fleet.CachePolicy;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.http.accounts.AccountRoutes;
import com.visiquate.ccproxy.http.console.CacheRoutes;
import com.visiquate.ccproxy.http.console.ConsoleRoutes;
import com.visiquate.ccproxy.http.console.ReplayRoute;
import com.visiquate.ccproxy.http.exchange.ExchangeIds;
import com.visiquate.ccproxy.http.ingress.CacheClient;
import com.visiquate.ccproxy.http.ingress.Ingress;
import com.visiquate.ccproxy.http.ingress.Ledger;
import com.visiquate.ccproxy.http.ingress.LoopClient;
import com.visiquate.ccproxy.http.ingress.MemoryClient;
import com.visiquate.ccproxy.http.ingress.PromptSizes;
import com.visiquate.ccproxy.http.ingress.Quotas;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.intake.Connections;
import com.visiquate.ccproxy.http.intake.Deployments;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.intake.Sessions;
import com.visiquate.ccproxy.http.reply.Dialects;
import com.visiquate.ccproxy.http.reply.ErrorBody;
import com.visiquate.ccproxy.http.routes.AlertsRoute;
import com.visiquate.ccproxy.http.routes.BudgetsRoute;
import com.visiquate.ccproxy.http.routes.Greeting;
import com.visiquate.ccproxy.http.routes.HealthRoutes;
import com.visiquate.ccproxy.http.routes.MetricsRoute;
import com.visiquate.ccproxy.http.routes.ModelInfoRoutes;
import com.visiquate.ccproxy.http.routes.ModelRoutes;
import com.visiquate.ccproxy.http.routes.NativeRoutes;
import com.visiquate.ccproxy.http.routes.QueueRoute;
import com.visiquate.ccproxy.http.routes.ResponseRoutes;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import com.visiquate.ccproxy.http.routes.TimelineRoute;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One instance of the HTTP ingress, one for each event loop; all share the port. Owns the server,
 * the connections that this instance accepted and its place on the bus.
 */
public final class HttpVerticle extends VerticleBase {
  private final Setup setup;
  private final Dialects dialects;
  private final RandomGenerator random = new SplittableRandom();
  private final FleetView fleet;
  private final PromptSizes sizes;
  private final Promise<Void> drained = Promise.promise();
  private List<Bus.Subscription> subscriptions = List.of();
  private @Nullable Ingress ingress;
  private @Nullable HttpServer server;

  /**
   * What an instance is told.
   *
   * @param number its number, from 0; its address on the bus
   * @param loops whether it looks for agents that go round in circles
   * @param startedAt since when the gateway runs
   */
  public record Setup(
      int number,
      ServerSettings server,
      FleetPlan plan,
      CachePolicy cache,
      boolean loops,
      InstantSource clock,
      Instant startedAt) {}

  public HttpVerticle(Setup setup) {
    this.setup = setup;
    this.fleet = new FleetView(setup.plan());
    this.sizes = new PromptSizes(fleet);
    this.dialects = Dialects.of(sizes);
  }

  /** The port that it listens on, once deployed. */
  public int port() {
    return server == null ? 0 : server.actualPort();
  }

  /** Completes when it drains and no exchange runs here any more. */
  public Future<Void> drained() {
    return drained.future();
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    Connections connections = new Connections(setup.clock(), setup.server());
    Ingress entry = ingress(bus);
    Posts posts = new Posts(entry, dialects);
    Sessions sessions = new Sessions(vertx, setup.clock());
    Gate gate = new Gate(fleet, setup.server(), sessions);
    ConsoleRoutes console =
        new ConsoleRoutes(entry.services(), bus, gate, sessions, setup.startedAt());
    Router router = router(bus, entry, posts, gate, console);
    Front front = new Front(gate, posts, router, entry, connections);
    ingress = entry;
    subscriptions = subscribe(bus, entry, console);
    sweepRegularly(connections);
    HttpServer listening =
        vertx
            .createHttpServer(options())
            .connectionHandler(connections::opened)
            .invalidRequestHandler(front::invalid)
            .requestHandler(front::handle);
    server = listening;
    return listening.listen();
  }

  @Override
  public Future<?> stop() {
    if (ingress != null) {
      ingress.shutDown();
    }
    List<Future<Void>> ending = subscriptions.stream().map(Bus.Subscription::end).toList();
    return Future.join(ending).eventually(this::close);
  }

  private Future<?> close() {
    return server == null ? Future.succeededFuture() : server.shutdown(1, TimeUnit.SECONDS);
  }

  private Ingress ingress(Bus bus) {
    Services services =
        new Services(
            vertx,
            setup.clock(),
            random,
            new ExchangeIds(random),
            fleet,
            sizes,
            new ErrorBody(dialects),
            new Ledger(bus),
            new MemoryClient(bus),
            new Quotas(bus),
            new CacheClient(bus, setup.cache()),
            new LoopClient(bus, setup.number(), setup.loops()),
            setup.server().bodyLimit());
    return new Ingress(setup.number(), bus, services, drained::tryComplete);
  }

  private List<Bus.Subscription> subscribe(Bus shared, Ingress entry, ConsoleRoutes console) {
    Bus bus = shared.mendedBy(entry::mend);
    return List.of(
        bus.listen(Address.ingress(setup.number()), entry::heard),
        bus.listen(Address.FLEET_STATUS, changed -> fleet.changed(changed.status())),
        bus.listen(Address.FLEET_PLAN, replanned -> fleet.replanned(replanned.plan())),
        bus.listen(Address.DRAINING, draining -> entry.drain(draining.until())),
        bus.listen(Address.DRAINING, draining -> console.end()));
  }

  private Router router(Bus bus, Ingress entry, Posts posts, Gate gate, ConsoleRoutes console) {
    Services services = entry.services();
    Router router = Router.router(vertx);
    SmallRoutes routes = new SmallRoutes(router, services);
    posts.paths().forEach(routes::ask);
    Deployments.TEMPLATES.forEach(routes::ask);
    new HealthRoutes(vertx, bus, services, setup.startedAt()).mount(routes);
    new Greeting(services).mount(routes);
    new ModelRoutes(services, gate, setup.startedAt()).mount(routes);
    new ModelInfoRoutes(services, gate).mount(routes);
    new NativeRoutes(services, gate).mount(routes);
    new ResponseRoutes(services).mount(routes);
    new MetricsRoute(bus).mount(routes);
    new QueueRoute(bus).mount(routes);
    new AlertsRoute(bus, gate).mount(routes);
    new CacheRoutes(bus, gate).mount(routes);
    new BudgetsRoute(bus, gate).mount(routes);
    new TimelineRoute(bus, gate, setup.clock()).mount(routes);
    new ReplayRoute(bus, gate).mount(routes);
    new AccountRoutes(services, bus, gate).mount(routes);
    console.mount(routes);
    routes.nothingElse();
    return router;
  }

  private void sweepRegularly(Connections connections) {
    long gap = Connections.sweepGap(setup.server());
    vertx.setPeriodic(gap, sweep -> connections.sweep(setup.clock().instant()));
  }

  private HttpServerOptions options() {
    ServerSettings settings = setup.server();
    return new HttpServerOptions()
        .setHost(settings.host())
        // Every instance must get the same free port: that is what -1 means to Vert.x.
        .setPort(settings.port() == 0 ? -1 : settings.port())
        .setMaxHeaderSize(settings.headerLimit())
        .setHttp2ClearTextEnabled(false)
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setTcpNoDelay(true);
  }
}
