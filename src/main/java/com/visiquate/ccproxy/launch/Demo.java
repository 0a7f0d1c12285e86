package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.config.logs.Logs;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Profile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Three simulated Ollamas, and the settings that lead to them. */
final class Demo {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.LIFE_CYCLE);
  private static final int FIRST_PORT = 11_434;
  private static final int OLLAMAS = 3;

  /** An agent's first prompt has 12 to 32 thousand tokens, and nobody waits minutes for a demo. */
  private static final double READS_FASTER = 100;

  private static final int LAST_PORT = FIRST_PORT + 100;
  private final Settings settings;
  private final List<Simulator> ollamas;
  private final TemporaryFolder folder;

  private Demo(Settings settings, List<Simulator> ollamas, TemporaryFolder folder) {
    this.settings = settings;
    this.folder = folder;
    this.ollamas = List.copyOf(ollamas);
  }

  /** Starts them on the usual ports, or on the next free ones. */
  static Future<Demo> start(Vertx vertx, Map<String, String> environment) {
    List<Simulator> ollamas = new ArrayList<>();
    Future<Void> started = Future.succeededFuture();
    for (int i = 0; i < OLLAMAS; i++) {
      int wanted = FIRST_PORT + i;
      started = started.compose(before -> startNext(vertx, ollamas, wanted));
    }
    return started
        .compose(all -> vertx.executeBlocking(TemporaryFolder::create))
        .map(Objects::requireNonNull)
        .map(folder -> new Demo(settings(environment, ollamas, folder), ollamas, folder))
        // Not eventually(), which would forget the cause.
        .recover(cause -> close(ollamas).transform(closed -> Future.failedFuture(cause)));
  }

  private static Future<Void> startNext(Vertx vertx, List<Simulator> ollamas, int wanted) {
    int free = ollamas.isEmpty() ? wanted : Math.max(wanted, ollamas.getLast().port() + 1);
    return simulator(vertx, free)
        .onSuccess(
            ollama -> {
              ollamas.add(ollama);
              if (ollama.port() != wanted) {
                LOG.info("port {} is taken; that Ollama is on {}", wanted, ollama.port());
              }
            })
        .mapEmpty();
  }

  private static Future<Simulator> simulator(Vertx vertx, int port) {
    return Simulator.start(vertx, profile().withPort(port))
        .recover(
            cause ->
                Binding.isTaken(cause) && port < LAST_PORT
                    ? simulator(vertx, port + 1)
                    : Future.failedFuture(cause));
  }

  static Profile profile() {
    return Profile.demo().reading(READS_FASTER);
  }

  /** Records go away with the demo, unless the environment says where to keep them. */
  private static Settings settings(
      Map<String, String> environment, List<Simulator> ollamas, TemporaryFolder folder) {
    Map<String, String> here = new HashMap<>(environment);
    for (int i = 0; i < ollamas.size(); i++) {
      here.put("CCPROXY_BACKENDS_%d_URL".formatted(i), "http://127.0.0.1:" + ollamas.get(i).port());
    }
    return switch (Config.demo(here)) {
      case Valid valid -> {
        Settings settings = valid.settings();
        String file = folder.path().resolve("records.db").toString();
        yield settings.records().isOn()
            ? settings
            : settings.keeping(settings.records().inFile(file));
      }
      case Invalid invalid -> throw new IllegalStateException(invalid.problems().toString());
    };
  }

  Settings settings() {
    return settings;
  }

  Future<Void> close() {
    return close(ollamas).onComplete(closed -> folder.delete());
  }

  private static Future<Void> close(List<Simulator> ollamas) {
    return Future.join(ollamas.stream().map(Simulator::close).toList()).mapEmpty();
  }
}
