package com.visiquate.ccproxy;

import com.visiquate.ccproxy.access.AccessVerticle;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Draining;
import com.visiquate.ccproxy.bus.Announcement.Replanned;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Fact.ConfigurationRead;
import com.visiquate.ccproxy.config.ServerSettings;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.console.ConsoleVerticle;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.http.HttpVerticle;
import com.visiquate.ccproxy.launch.AloneLoader;
import com.visiquate.ccproxy.launch.GatewayStarter;
import com.visiquate.ccproxy.launch.GatewayStarter.Started;
import com.visiquate.ccproxy.launch.Version;
import com.visiquate.ccproxy.memory.MemoryVerticle;
import com.visiquate.ccproxy.metrics.Meters;
import com.visiquate.ccproxy.metrics.MetricsVerticle;
import com.visiquate.ccproxy.routing.RoutingVerticle;
import com.visiquate.ccproxy.warmup.WarmupVerticle;
import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that runs: all stages, deployed and wired. Owns their deployments. */
public final class Gateway implements Started {
  private static final int MOST_LOOPS = 4;

  private final Vertx vertx;
  private final Settings settings;
  private final Bus bus;
  private final Backends backends;
  private final OptionalStages optional;
  private final List<HttpVerticle> ingresses = new CopyOnWriteArrayList<>();
  private volatile String ingressDeployment = "";

  private Gateway(Vertx vertx, Settings settings) {
    this.vertx = vertx;
    this.settings = settings.cluster().isOn() ? settings.sharing() : settings;
    this.bus = Bus.of(vertx);
    this.backends = new Backends(vertx);
    this.optional = new OptionalStages(vertx, this.settings, eventLoops());
  }

  /** What starts them. */
  public static GatewayStarter starter() {
    return new GatewayStarter() {
      @Override
      public Vertx vertx(Meters meters, ServerSettings server) {
        return Gateway.vertx(meters, server);
      }

      @Override
      public Future<? extends Started> start(
          Vertx vertx, Meters meters, Settings settings, Future<Void> mayListen) {
        return Gateway.start(vertx, meters, settings, mayListen);
      }
    };
  }

  /** A Vert.x with as many event loops as are of use, whose own meters go where ours go. */
  public static Vertx vertx(Meters meters, ServerSettings server) {
    VertxOptions options =
        new VertxOptions()
            .setMetricsOptions(meters.options())
            .setEventLoopPoolSize(eventLoops(server));
    return AloneLoader.build(Vertx.builder().with(options).withMetrics(meters.factory()));
  }

  /** Starts all stages, in the order in which they need each other; it listens when it is done. */
  public static Future<Gateway> start(Vertx vertx, Meters meters, Settings settings) {
    return start(vertx, meters, settings, Future.succeededFuture());
  }

  /**
   * The same.
   *
   * @param mayListen completes when clients may come; the stages do not wait for it
   */
  public static Future<Gateway> start(
      Vertx vertx, Meters meters, Settings settings, Future<Void> mayListen) {
    Gateway gateway = new Gateway(vertx, settings);
    FleetPlan plan = settings.plan();
    return vertx
        .deployVerticle(gateway.metrics(meters))
        .compose(metrics -> vertx.deployVerticle(gateway.order(plan)))
        // It must hear the first status of every backend.
        .compose(routed -> vertx.deployVerticle(new WarmupVerticle(plan)))
        .compose(warmup -> vertx.deployVerticle(gateway.memory()))
        .compose(memory -> vertx.deployVerticle(gateway.access(plan)))
        .compose(access -> vertx.deployVerticle(gateway.console(plan)))
        .compose(console -> gateway.optional.deploy())
        .compose(deployed -> mayListen)
        .compose(may -> gateway.listen())
        .compose(listening -> gateway.backends.follow(plan))
        .onSuccess(following -> gateway.tell(plan))
        .map(gateway);
  }

  /** Who makes the order: this node's routing, or its cluster. */
  private Deployable order(FleetPlan plan) {
    return settings.cluster().isOn()
        ? Leading.cluster(vertx, settings)
        : new RoutingVerticle(plan, InstantSource.system(), new SplittableRandom());
  }

  /** Who holds keys to their quotas: this node's turnstile, or that of its cluster. */
  private Deployable access(FleetPlan plan) {
    return settings.cluster().isOn()
        ? Leading.book(plan)
        : new AccessVerticle(plan, InstantSource.system());
  }

  /** A node that acts with others tells its stages of the fleet of all. */
  private void tell(FleetPlan plan) {
    if (settings.cluster().isOn()) {
      bus.send(Address.CLUSTER_PLAN, new Replanned(plan));
    }
  }

  /** The port that it listens on. */
  @Override
  public int port() {
    return ingresses.getFirst().port();
  }

  /** Takes a new plan over; running answers are not disturbed. */
  @Override
  public Future<Void> reload(FleetPlan plan) {
    if (settings.cluster().isOn()) {
      tell(plan);
    } else {
      bus.publish(Address.FLEET_PLAN, new Replanned(plan));
    }
    bus.publish(Address.METRICS_FACT, new ConfigurationRead(true));
    return backends.follow(plan);
  }

  /** Counts a configuration that was refused. */
  @Override
  public void refusedConfiguration() {
    bus.publish(Address.METRICS_FACT, new ConfigurationRead(false));
  }

  /**
   * Accepts nothing new; completes when all answers have ended, by themselves or, after the
   * configured time, in their protocol's error form.
   */
  @Override
  public Future<Void> drain() {
    Instant until = Instant.now().plus(settings.server().drain());
    bus.publish(Address.DRAINING, new Draining(until));
    List<Future<Void>> drained = ingresses.stream().map(HttpVerticle::drained).toList();
    return Future.all(drained)
        .timeout(settings.server().drain().toMillis() + 1, TimeUnit.MILLISECONDS)
        .eventually(() -> vertx.undeploy(ingressDeployment))
        .eventually(backends::end)
        .eventually(optional::end)
        .recover(late -> Future.succeededFuture())
        .mapEmpty();
  }

  private MemoryVerticle memory() {
    return new MemoryVerticle(settings.memory());
  }

  private ConsoleVerticle console(FleetPlan plan) {
    return new ConsoleVerticle(
        new ConsoleVerticle.Setup(
            plan, Version.number(), settings.records().node(), InstantSource.system().instant()));
  }

  private MetricsVerticle metrics(Meters meters) {
    return new MetricsVerticle(
        meters,
        eventLoops(),
        OptionalStages.folder(settings.records().file()),
        settings.logging().file());
  }

  private Future<Void> listen() {
    AtomicInteger next = new AtomicInteger();
    Instant now = Instant.now();
    return vertx
        .deployVerticle(
            () -> ingress(next.getAndIncrement(), now),
            new DeploymentOptions().setInstances(eventLoops()))
        .onSuccess(id -> ingressDeployment = id)
        .mapEmpty();
  }

  private HttpVerticle ingress(int number, Instant startedAt) {
    HttpVerticle ingress =
        new HttpVerticle(
            new HttpVerticle.Setup(
                number,
                settings.server(),
                settings.plan(),
                settings.cache().policy(),
                settings.memory().loops() > 0,
                InstantSource.system(),
                startedAt));
    ingresses.add(ingress);
    return ingress;
  }

  private int eventLoops() {
    return eventLoops(settings.server());
  }

  /**
   * Few by default: every hop between two loops costs a system call and a switch of threads, and
   * one loop alone serves thousands of requests a second.
   */
  private static int eventLoops(ServerSettings server) {
    int cores = Runtime.getRuntime().availableProcessors();
    return server.eventLoops() > 0 ? server.eventLoops() : Math.clamp(cores / 2, 1, MOST_LOOPS);
  }
}
