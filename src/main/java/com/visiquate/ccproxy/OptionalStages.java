package com.visiquate.ccproxy;

import com.visiquate.ccproxy.alerts.AlertsVerticle;
import com.visiquate.ccproxy.alerts.Patience;
import com.visiquate.ccproxy.cache.CacheVerticle;
import com.visiquate.ccproxy.capture.CaptureVerticle;
import com.visiquate.ccproxy.config.Settings;
import com.visiquate.ccproxy.records.RecordsVerticle;
import com.visiquate.ccproxy.routing.ReplayVerticle;
import com.visiquate.ccproxy.timeline.TimelineVerticle;
import com.visiquate.ccproxy.tracing.TracingVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The stages that are there only when the configuration wants them: all hear what becomes of
 * requests, and none is asked for one. Nothing of what is not wanted is loaded.
 */
final class OptionalStages {
  private final Vertx vertx;
  private final Settings settings;
  private final int ingresses;

  /** Those that end last, by their deployments. */
  private final List<String> lasting = new CopyOnWriteArrayList<>();

  /**
   * None of them yet.
   *
   * @param ingresses how many there are
   */
  OptionalStages(Vertx vertx, Settings settings, int ingresses) {
    this.ingresses = ingresses;
    this.vertx = vertx;
    this.settings = settings;
  }

  /** Before the gateway listens, so that they hear of its first request. */
  Future<Void> deploy() {
    return watch()
        .compose(watching -> keepRecords())
        .compose(keeping -> keepTimeline())
        .compose(keeping -> trace())
        .compose(tracing -> capture())
        .compose(capturing -> cache());
  }

  /** Ends those that have something to send; all requests have ended. */
  Future<Void> end() {
    return Future.join(lasting.stream().map(vertx::undeploy).toList()).mapEmpty();
  }

  private Future<Void> trace() {
    return settings.tracing().isOn()
        ? vertx
            .deployVerticle(new TracingVerticle(settings.tracing(), settings.plan()))
            .onSuccess(lasting::add)
            .mapEmpty()
        : Future.succeededFuture();
  }

  /** To routing and to backends it is one more ingress. */
  private Future<Void> cache() {
    return settings.cache().isOn()
        ? vertx
            .deployVerticle(
                new CacheVerticle(
                    settings.cache(), settings.plan(), ingresses, InstantSource.system()))
            .mapEmpty()
        : Future.succeededFuture();
  }

  private Future<Void> capture() {
    return settings.capture().isOn()
        ? vertx
            .deployVerticle(new CaptureVerticle(settings.capture(), InstantSource.system()))
            .onSuccess(lasting::add)
            .mapEmpty()
        : Future.succeededFuture();
  }

  private Future<Void> keepRecords() {
    return settings.records().isOn()
        ? vertx
            .deployVerticle(
                new RecordsVerticle(
                    settings.records(), settings.plan().accounting(), InstantSource.system()))
            .mapEmpty()
        : Future.succeededFuture();
  }

  private Future<Void> keepTimeline() {
    DeploymentOptions worker = new DeploymentOptions().setThreadingModel(ThreadingModel.WORKER);
    return settings.timeline().isOn()
        ? vertx
            .deployVerticle(
                new TimelineVerticle(settings.timeline(), InstantSource.system()), worker)
            .compose(
                kept ->
                    vertx.deployVerticle(
                        new ReplayVerticle(settings.plan(), InstantSource.system())))
            .mapEmpty()
        : Future.succeededFuture();
  }

  /**
   * Where nobody wants to be told, nothing is watched, and nothing that only alerts need is said.
   */
  private Future<Void> watch() {
    if (!settings.alerts().isOn()) {
      return Future.succeededFuture();
    }
    AlertsVerticle.Setup setup =
        new AlertsVerticle.Setup(
            settings.alerts(),
            folder(settings.records().file()),
            settings.logging().file(),
            InstantSource.system(),
            Patience.USUAL);
    return vertx.deployVerticle(new AlertsVerticle(setup)).mapEmpty();
  }

  /** The folder of a file, or else the working folder. */
  static Path folder(String file) {
    Path parent = file.isEmpty() ? null : Path.of(file).toAbsolutePath().getParent();
    return parent == null ? Path.of("") : parent;
  }
}
