package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.ConfigFile;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.config.logs.Logs;
import com.visiquate.ccproxy.config.watch.ConfigWatch;
import com.visiquate.ccproxy.launch.GatewayStarter.Started;
import com.visiquate.ccproxy.metrics.Meters;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From settings to a process that listens, step by step. */
final class StartUp {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.LIFE_CYCLE);
  private final GatewayStarter gateways;
  private final Running running;
  private final Shutdown shutdown;
  private final Meters meters;
  private final Rehearsals rehearsals;

  private StartUp(
      GatewayStarter gateways,
      Running running,
      Shutdown shutdown,
      Meters meters,
      Rehearsals rehearsals) {
    this.gateways = gateways;
    this.running = running;
    this.shutdown = shutdown;
    this.meters = meters;
    this.rehearsals = rehearsals;
  }

  /** Starts with a file, and watches it from then on. */
  static int withFile(Surroundings surroundings, ConfigFile file, Valid valid) {
    Optional<StartUp> start = begin(surroundings, valid);
    start.ifPresent(
        up ->
            up.gateway(valid.settings())
                .compose(
                    gateway -> {
                      up.listens(gateway, valid.settings(), file.path().toString());
                      return up.watch(file, valid.settings(), gateway);
                    })
                .onFailure(cause -> up.failed(cause, valid.settings())));
    return start.isPresent() ? ExitCode.OK : ExitCode.COULD_NOT_START;
  }

  /** Starts with simulated Ollamas. */
  static int withDemo(
      Surroundings surroundings,
      Map<String, String> environment,
      Valid valid,
      Consumer<String> say) {
    Optional<StartUp> start = begin(surroundings, valid);
    start.ifPresent(
        up ->
            Demo.start(up.running.vertx(), environment)
                .onSuccess(demo -> up.running.endsWith(demo::close))
                .compose(
                    demo ->
                        up.gateway(demo.settings())
                            .onSuccess(gateway -> up.welcomes(gateway, demo.settings(), say)))
                .onFailure(cause -> up.failed(cause, valid.settings())));
    return start.isPresent() ? ExitCode.OK : ExitCode.COULD_NOT_START;
  }

  private static Optional<StartUp> begin(Surroundings surroundings, Valid valid) {
    try {
      Logs logs = Logs.start(valid.settings().logging());
      Meters meters = new Meters(valid.settings().cluster().node());
      valid.warnings().forEach(warning -> LOG.warn("{}", warning));
      GatewayStarter gateways = surroundings.gateways();
      Vertx vertx = gateways.vertx(meters, valid.settings().server());
      Duration drain = valid.settings().server().drain();
      Running running = new Running(vertx, logs, drain);
      Shutdown shutdown = new Shutdown(running, surroundings);
      shutdown.install();
      Rehearsals rehearsals = Rehearsals.begin(vertx, valid.settings(), gateways);
      running.endsWith(rehearsals::close);
      return Optional.of(new StartUp(gateways, running, shutdown, meters, rehearsals));
    } catch (IOException unwritable) {
      LOG.error("could not start: logging.file: {}", unwritable.toString());
      return Optional.empty();
    }
  }

  private Future<? extends Started> gateway(Settings settings) {
    return gateways
        .start(running.vertx(), meters, settings, rehearsals.prelude())
        .onSuccess(gateway -> running.endsWith(gateway::drain));
  }

  private Future<ConfigWatch> watch(ConfigFile file, Settings settings, Started gateway) {
    Reload reload = new Reload(gateway, running.logs());
    return ConfigWatch.start(running.vertx(), file, settings, reload)
        .onSuccess(watch -> running.endsWith(watch::close));
  }

  private void listens(Started gateway, Settings settings, String source) {
    LOG.info(
        "ccproxy {} listens on {} after {} ms: {} ({})",
        Version.number(),
        Summary.address(settings, gateway.port()),
        ProcessAge.now().toMillis(),
        Summary.fleet(settings.plan()),
        source);
  }

  private void welcomes(Started gateway, Settings settings, Consumer<String> say) {
    listens(gateway, settings, "demo");
    Summary.demo(settings, gateway.port()).forEach(say);
  }

  private void failed(Throwable cause, Settings settings) {
    Binding.problem(cause, settings.server())
        .ifPresentOrElse(
            why -> LOG.error("could not start: {}", why),
            () -> LOG.error("could not start", cause));
    shutdown.failed();
  }
}
