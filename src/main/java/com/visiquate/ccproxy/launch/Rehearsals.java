package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.config.logs.Logs;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.metrics.Meters;
import com.visiquate.ccproxy.rehearsal.RehearsalVerticle;
import com.visiquate.ccproxy.rehearsal.StandInVerticle;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a gateway of its own rehearse before a stand-in for an Ollama, beside the gateway that
 * serves. They share the process and its compiled code, and nothing else: no bus, no metrics, no
 * memory, no backend, no line in the log. Owns the Vert.x of the other gateway, which ends with the
 * rehearsal.
 */
final class Rehearsals {
  private static final Logger LOG = LoggerFactory.getLogger(Rehearsals.class);

  /**
   * Age of the process at which it listens at the latest, as far as that is up to the rehearsal: a
   * supervisor and clients wait for it.
   */
  private static final Duration READY = Duration.ofMillis(750);

  private static final Duration MOST = Duration.ofSeconds(20);

  /** A long rehearsal, which trains a recording, may take as long for each of its requests. */
  private static final Duration EACH = Duration.ofMillis(50);

  /** Nothing that its threads say is logged, and every thread that they start belongs to it. */
  private final ThreadGroup group = new ThreadGroup(Logs.UNHEARD);

  private final AtomicLong answered = new AtomicLong();
  private final AtomicBoolean begun = new AtomicBoolean();
  private final Promise<Void> prelude = Promise.promise();
  private final Promise<Void> ending = Promise.promise();
  private final Promise<Integer> over = Promise.promise();
  private final Context home;
  private final GatewayStarter gateways;
  private final int requests;

  private Rehearsals(Context home, GatewayStarter gateways, int requests) {
    this.home = home;
    this.gateways = gateways;
    this.requests = requests;
    group.setMaxPriority(Thread.MIN_PRIORITY);
  }

  /**
   * Begins beside what starts and runs on this Vert.x, if the settings want it: the very first
   * client is helped most by what has been asked before the gateway listens.
   */
  static Rehearsals begin(Vertx vertx, Settings settings, GatewayStarter gateways) {
    Rehearsals rehearsals =
        new Rehearsals(vertx.getOrCreateContext(), gateways, settings.server().rehearsal());
    if (rehearsals.requests > 0) {
      rehearsals.begin(vertx);
    } else {
      rehearsals.close();
    }
    return rehearsals;
  }

  /**
   * Completes when the gateway that serves may listen: after the first requests, or at the latest
   * when it is time.
   */
  Future<Void> prelude() {
    return prelude.future();
  }

  private void begin(Vertx vertx) {
    home.owner().setTimer(Math.max(1, left().toMillis()), late -> prelude.tryComplete());
    Bus.Subscription real =
        Bus.of(vertx).listen(Address.EXCHANGE_ENDED, ended -> answered.incrementAndGet());
    over.future()
        .onComplete(
            asked -> {
              real.end();
              LOG.atDebug().addKeyValue(LogKeys.REQUESTS, asked.result()).log("rehearsed");
            });
    home.runOnContext(here -> play());
  }

  /** Completes when nothing of it is left, with the number of requests that were asked. */
  Future<Integer> over() {
    return over.future();
  }

  /** Ends it; ending twice, or after its end, is harmless. */
  Future<Void> close() {
    ending.tryComplete();
    if (begun.compareAndSet(false, true)) {
      end(0);
    }
    return over.future().mapEmpty();
  }

  private void play() {
    if (begun.compareAndSet(false, true)) {
      Thread thread = new Thread(group, this::playHere, "rehearsal");
      thread.setDaemon(true);
      thread.start();
    }
  }

  private void playHere() {
    Vertx vertx = AloneLoader.build(Vertx.builder().with(options()));
    StandInVerticle ollama = new StandInVerticle();
    Future<Integer> played =
        vertx
            .deployVerticle(ollama)
            .compose(deployed -> start(vertx, ollama.port()))
            .compose(gateway -> rehearse(vertx, gateway.port()));
    played.onComplete(done -> ending.tryComplete());
    ending
        .future()
        .eventually(vertx::close)
        .onComplete(closed -> tell(played.succeeded() ? played.result() : 0));
  }

  private Future<? extends GatewayStarter.Started> start(Vertx vertx, int ollama) {
    return gateways.start(vertx, new Meters(), settings(ollama), Future.succeededFuture());
  }

  /** At home: what follows would be silent here, and so would every thread that it started. */
  private void tell(int asked) {
    home.runOnContext(here -> end(asked));
  }

  private void end(int asked) {
    prelude.tryComplete();
    over.complete(asked);
  }

  private static Duration left() {
    return READY.minus(ProcessAge.now());
  }

  private static VertxOptions options() {
    return new VertxOptions()
        .setEventLoopPoolSize(1)
        .setWorkerPoolSize(1)
        .setInternalBlockingPoolSize(1)
        .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false));
  }

  private Future<Integer> rehearse(Vertx vertx, int port) {
    Duration each = EACH.multipliedBy(requests);
    Instant end = Instant.now().plus(each.compareTo(MOST) > 0 ? each : MOST);
    RehearsalVerticle.Setup setup =
        new RehearsalVerticle.Setup(
            port, requests, Instant.now().plus(left()), end, answered::get, InstantSource.system());
    RehearsalVerticle verticle = new RehearsalVerticle(setup);
    verticle.prelude().onSuccess(done -> home.runOnContext(here -> prelude.tryComplete()));
    return vertx.deployVerticle(verticle).compose(deployed -> verticle.over());
  }

  private static Settings settings(int ollama) {
    String text =
        """
        server: {port: 0, event-loops: 1, rehearsal: 0}
        backends: [{id: stand-in, url: "http://127.0.0.1:%d", resident-models: 2}]
        models:
          - {name: chat, ollama: %s, context: 32768, backends: [stand-in]}
          - {name: embeddings, ollama: %s, context: 2048, backends: [stand-in]}
        aliases: {"claude-*": chat}
        """
            .formatted(ollama, StandInVerticle.chatModel(), StandInVerticle.embeddingModel());
    return switch (Config.parse("rehearsal", text, Map.of())) {
      case Valid valid -> valid.settings();
      case Invalid invalid -> throw new IllegalStateException(invalid.problems().toString());
    };
  }
}
