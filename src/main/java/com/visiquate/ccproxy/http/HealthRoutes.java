package com.visiquate.ccproxy.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.healthchecks.HealthCheckHandler;
import java.time.Duration;
import java.time.Instant;

/** How the gateway feels: for operators in words, for supervisors as up or down. */
final class HealthRoutes {
  private final Vertx vertx;
  private final Ingress ingress;
  private final Instant startedAt;

  HealthRoutes(Vertx vertx, Ingress ingress, Instant startedAt) {
    this.vertx = vertx;
    this.ingress = ingress;
    this.startedAt = startedAt;
  }

  void mount(SmallRoutes routes) {
    Handler<RoutingContext> alive = check(() -> true);
    routes.read("/health", this::health);
    routes.read("/health/liveliness", alive);
    routes.read("/health/liveness", alive);
    routes.read("/health/readiness", check(() -> !ingress.fleet().isDraining()));
  }

  private void health(RoutingContext context) {
    Fleet fleet = ingress.fleet();
    Duration uptime = Duration.between(startedAt, ingress.now());
    HealthBody body = HealthBody.of(fleet.plan(), fleet.statuses(), uptime);
    SmallRoutes.send(context, body.status(), SmallRoutes.JSON, Buffer.buffer(body.json()));
  }

  private Handler<RoutingContext> check(Check check) {
    HealthChecks checks =
        HealthChecks.create(vertx)
            .register(
                "gateway", result -> result.complete(check.holds() ? Status.OK() : Status.KO()));
    return HealthCheckHandler.createWithHealthChecks(checks);
  }

  @FunctionalInterface
  private interface Check {
    boolean holds();
  }
}
