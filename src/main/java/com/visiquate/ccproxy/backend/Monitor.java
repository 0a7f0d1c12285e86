package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.health.ProbeTimes;
import com.visiquate.ccproxy.bus.RearmableTimer;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.ollama.Facts;
import com.visiquate.ccproxy.ollama.client.OllamaClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks one Ollama how it is, what it has loaded and what it has installed; owns those timers. */
final class Monitor {
  private static final Duration PROBE_WITHIN = Duration.ofSeconds(2);
  private static final Duration INTRODUCED_WITHIN = Duration.ofSeconds(2);
  private static final Duration LOADED_WITHIN = Duration.ofSeconds(8);
  private static final Duration INSTALLED_WITHIN = Duration.ofSeconds(20);
  private static final Duration LOADED_EVERY = Duration.ofSeconds(10);
  private static final Duration LOADED_EVERY_DURING_LOAD = Duration.ofMillis(500);
  private static final Duration INSTALLED_EVERY = Duration.ofSeconds(60);

  private static final String NOBODY = "nobody wants to know any more";

  private final Standing standing;
  private final Supplier<OllamaClient> client;
  private final BooleanSupplier loading;
  private final DoubleSupplier chance;
  private final ProbeTimes times = new ProbeTimes();
  private final RearmableTimer probe;
  private final RearmableTimer loaded;
  private final RearmableTimer installed;
  private final Capabilities capabilities;
  private boolean probing;
  private boolean ended;

  Monitor(
      Vertx vertx,
      Standing standing,
      Supplier<OllamaClient> client,
      BooleanSupplier loading,
      DoubleSupplier chance) {
    this.standing = standing;
    this.client = client;
    this.loading = loading;
    this.chance = chance;
    probe = new RearmableTimer(vertx);
    loaded = new RearmableTimer(vertx);
    installed = new RearmableTimer(vertx);
    capabilities = new Capabilities(client);
  }

  /** Probes now, and from then on. */
  void start() {
    probe();
  }

  void end() {
    ended = true;
    probe.clear();
    loaded.clear();
    installed.clear();
  }

  /** Something looks wrong: asks at once, not when it is due. */
  void hurry() {
    probe.clear();
    probe();
  }

  /** Looks now for what is loaded. */
  void readLoaded() {
    loaded.clear();
    Instant asked = standing.now();
    ask("/api/ps", LOADED_WITHIN, Facts::loaded)
        .onSuccess(models -> standing.loaded(models, asked))
        .onComplete(done -> setUnlessEnded(loaded, loadedEvery(), this::readLoaded));
  }

  private void probe() {
    if (probing || ended) {
      return;
    }
    probing = true;
    boolean known = isKnown();
    ask("/api/version", PROBE_WITHIN, Facts::version)
        .compose(this::answered)
        .onComplete(done -> probed(known, done.succeeded()));
  }

  /**
   * One that nobody has heard of yet counts as up when it has told what its models can do: a
   * request that begins before would be sent as if they could do nothing.
   */
  private Future<Void> answered(String version) {
    if (standing.isOf(version)) {
      standing.answered(version);
      return Future.succeededFuture();
    }
    OllamaClient asked = client.get();
    return readModels()
        .timeout(INTRODUCED_WITHIN.toMillis(), TimeUnit.MILLISECONDS)
        .otherwise(List.of())
        .compose(models -> introduced(asked, version, models));
  }

  private Future<Void> introduced(OllamaClient asked, String version, List<InstalledModel> models) {
    if (ended || asked != client.get()) {
      return Future.failedFuture(NOBODY);
    }
    standing.introduced(version, models);
    return Future.succeededFuture();
  }

  private void probed(boolean wasKnown, boolean answered) {
    probing = false;
    if (ended) {
      return;
    }
    if (!answered) {
      standing.failed("no answer to a probe");
    }
    if (!wasKnown && isKnown()) {
      readLoaded();
      readInstalled();
    }
    Duration next = times.next(standing.health(), chance.getAsDouble());
    setUnlessEnded(probe, next, this::probe);
  }

  /** Whether it answers; what was known before it did is not known any more. */
  private boolean isKnown() {
    return standing.health() != Health.UNKNOWN && standing.health() != Health.DOWN;
  }

  private void readInstalled() {
    installed.clear();
    readModels()
        .onSuccess(standing::installed)
        .onComplete(done -> setUnlessEnded(installed, INSTALLED_EVERY, this::readInstalled));
  }

  /** With all that is known of each: half of it would be taken for the whole. */
  private Future<List<InstalledModel>> readModels() {
    return ask("/api/tags", INSTALLED_WITHIN, Facts::installed).compose(capabilities::complete);
  }

  private Duration loadedEvery() {
    return loading.getAsBoolean() ? LOADED_EVERY_DURING_LOAD : LOADED_EVERY;
  }

  private void setUnlessEnded(RearmableTimer alarm, Duration after, Runnable what) {
    if (!ended) {
      alarm.set(after, what);
    }
  }

  /** Fails when there is no good answer; a slow one to anything but a probe is not a death. */
  private <T> Future<T> ask(String path, Duration within, Function<byte[], T> reader) {
    OllamaClient asked = client.get();
    return asked
        .fetch(path, within)
        .compose(
            whole ->
                ended || asked != client.get()
                    ? Future.failedFuture(NOBODY)
                    : read(path, whole, reader));
  }

  private static <T> Future<T> read(
      String path, OllamaClient.Whole whole, Function<byte[], T> reader) {
    if (whole.status() != 200) {
      return Future.failedFuture(path + " answered " + whole.status());
    }
    try {
      return Future.succeededFuture(reader.apply(whole.body()));
    } catch (IllegalArgumentException notWhatItShouldBe) {
      return Future.failedFuture(notWhatItShouldBe);
    }
  }
}
