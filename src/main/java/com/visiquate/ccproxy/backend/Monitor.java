package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.ollama.Facts;
import com.visiquate.ccproxy.ollama.OllamaClient;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/** Asks one Ollama how it is, what it has loaded and what it has installed; owns those timers. */
final class Monitor {
  private static final Duration PROBE_WITHIN = Duration.ofSeconds(2);
  private static final Duration LOADED_WITHIN = Duration.ofSeconds(8);
  private static final Duration INSTALLED_WITHIN = Duration.ofSeconds(20);
  private static final Duration LOADED_EVERY = Duration.ofSeconds(10);
  private static final Duration LOADED_EVERY_DURING_LOAD = Duration.ofMillis(500);
  private static final Duration INSTALLED_EVERY = Duration.ofSeconds(60);

  private final Standing standing;
  private final Supplier<OllamaClient> client;
  private final BooleanSupplier loading;
  private final DoubleSupplier chance;
  private final ProbeTimes times = new ProbeTimes();
  private final Alarm probe;
  private final Alarm loaded;
  private final Alarm installed;
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
    probe = new Alarm(vertx);
    loaded = new Alarm(vertx);
    installed = new Alarm(vertx);
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
    ask("/api/ps", LOADED_WITHIN, body -> standing.loaded(Facts.loaded(body)))
        .onComplete(done -> setUnlessEnded(loaded, loadedEvery(), this::readLoaded));
  }

  private void probe() {
    if (probing || ended) {
      return;
    }
    probing = true;
    boolean known = isKnown();
    ask("/api/version", PROBE_WITHIN, body -> standing.answered(Facts.version(body)))
        .onComplete(done -> probed(known, done.succeeded()));
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
    ask("/api/tags", INSTALLED_WITHIN, body -> standing.installed(Facts.installed(body)))
        .compose(read -> capabilities.complete(standing.installed()))
        .onSuccess(standing::installed)
        .onComplete(done -> setUnlessEnded(installed, INSTALLED_EVERY, this::readInstalled));
  }

  private Duration loadedEvery() {
    return loading.getAsBoolean() ? LOADED_EVERY_DURING_LOAD : LOADED_EVERY;
  }

  private void setUnlessEnded(Alarm alarm, Duration after, Runnable what) {
    if (!ended) {
      alarm.set(after, what);
    }
  }

  /** Fails when there is no good answer; a slow one to anything but a probe is not a death. */
  private Future<Void> ask(String path, Duration within, Consumer<byte[]> reader) {
    OllamaClient asked = client.get();
    return asked
        .fetch(path, within)
        .compose(
            whole ->
                ended || asked != client.get()
                    ? Future.failedFuture("nobody wants to know any more")
                    : read(path, whole, reader));
  }

  private static Future<Void> read(String path, OllamaClient.Whole whole, Consumer<byte[]> reader) {
    if (whole.status() != 200) {
      return Future.failedFuture(path + " answered " + whole.status());
    }
    try {
      reader.accept(whole.body());
      return Future.succeededFuture();
    } catch (IllegalArgumentException notWhatItShouldBe) {
      return Future.failedFuture(notWhatItShouldBe);
    }
  }
}
