package com.visiquate.ccproxy.config.watch;

import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.ConfigListener;
import com.visiquate.ccproxy.config.Loaded;
import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Problem;
import com.visiquate.ccproxy.config.Restarts;
import com.visiquate.ccproxy.config.Settings;
import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the configuration file: owns the settings that run, and refuses a change that is broken.
 *
 * <p>Vert.x Config notices that the file's text has changed; what the text means is decided by
 * {@link Config}, which knows lines and tells every problem.
 */
public final class ConfigWatch {
  private static final Logger LOG = LoggerFactory.getLogger("ccproxy");
  private static final Duration PERIOD = Duration.ofSeconds(2);

  /** An editor may still be writing when the change is seen. */
  private static final long SETTLING_MILLIS = 200;

  private final Vertx vertx;
  private final Context context;
  private final ConfigFile file;
  private final ConfigListener listener;
  private Settings running;
  private List<Problem> refused = List.of();
  private boolean gone;
  private boolean closed;
  private long timer = -1;
  private @Nullable ConfigRetriever retriever;

  private ConfigWatch(Vertx vertx, ConfigFile file, Settings running, ConfigListener listener) {
    this.vertx = vertx;
    this.context = vertx.getOrCreateContext();
    this.file = file;
    this.running = running;
    this.listener = listener;
  }

  /** Starts to watch the file that {@code running} has been read from. */
  public static Future<ConfigWatch> start(
      Vertx vertx, ConfigFile file, Settings running, ConfigListener listener) {
    return start(vertx, file, running, listener, PERIOD);
  }

  static Future<ConfigWatch> start(
      Vertx vertx, ConfigFile file, Settings running, ConfigListener listener, Duration period) {
    ConfigWatch watch = new ConfigWatch(vertx, file, running, listener);
    Promise<ConfigWatch> started = Promise.promise();
    watch.context.runOnContext(
        go -> watch.begin(period).<ConfigWatch>map(watch).onComplete(started));
    return started.future();
  }

  private Future<JsonObject> begin(Duration period) {
    ConfigRetriever watched = ConfigRetriever.create(vertx, options(period));
    watched.listen(change -> soon());
    retriever = watched;
    return watched.getConfig();
  }

  /** The text as it is: a broken file must be noticed as well, and each time that it changes. */
  private ConfigRetrieverOptions options(Duration period) {
    ConfigStoreOptions text =
        new ConfigStoreOptions()
            .setType("file")
            .setFormat("raw")
            .setOptional(true)
            .setConfig(
                new JsonObject()
                    .put("path", file.path().toAbsolutePath().toString())
                    .put("raw.key", "text"));
    return new ConfigRetrieverOptions().setScanPeriod(period.toMillis()).addStore(text);
  }

  private void soon() {
    vertx.cancelTimer(timer);
    if (!closed) {
      timer = vertx.setTimer(SETTLING_MILLIS, now -> check());
    }
  }

  /** Reads the file now, and completes when its change has been told. */
  public Future<Void> check() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        go -> context.executeBlocking(file::readIfThere).map(this::apply).onComplete(done));
    return done.future();
  }

  private @Nullable Void apply(Optional<Loaded> loaded) {
    if (closed) {
      return null;
    }
    noteWhetherItIsThere(loaded.isPresent());
    loaded.ifPresent(
        read -> {
          switch (read) {
            case Valid valid -> accept(valid);
            case Invalid invalid -> refuse(invalid.problems());
          }
        });
    return null;
  }

  private void noteWhetherItIsThere(boolean there) {
    if (!there && !gone) {
      LOG.warn("{} is gone; its last configuration stays", file.path());
    }
    gone = !there;
  }

  private void accept(Valid valid) {
    boolean wasBroken = !refused.isEmpty();
    refused = List.of();
    Settings wanted = valid.settings();
    List<String> waiting = Restarts.needed(running, wanted);
    if (!waiting.isEmpty()) {
      LOG.warn("{}: these changes wait for a restart: {}", file.path(), waiting);
    }
    Settings next = Restarts.reloaded(running, wanted);
    if (!next.equals(running)) {
      valid.warnings().forEach(warning -> LOG.warn("{}", warning));
      running = next;
      listener.changed(next);
    } else if (wasBroken) {
      LOG.info("{} is valid again; nothing has changed", file.path());
    }
  }

  private void refuse(List<Problem> problems) {
    if (problems.equals(refused)) {
      return;
    }
    refused = problems;
    LOG.error(
        "{} is refused, its last valid state stays: {} problems", file.path(), problems.size());
    problems.forEach(problem -> LOG.error("{}", problem));
    listener.refused(problems);
  }

  /** Stops watching; harmless when it has been stopped. */
  public Future<Void> close() {
    Promise<Void> done = Promise.promise();
    context.runOnContext(go -> end().onComplete(done));
    return done.future();
  }

  private Future<Void> end() {
    if (closed || retriever == null) {
      return Future.succeededFuture();
    }
    closed = true;
    vertx.cancelTimer(timer);
    return retriever.close();
  }
}
