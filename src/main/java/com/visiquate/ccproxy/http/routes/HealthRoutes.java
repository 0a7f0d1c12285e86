package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.CacheInquiry;
import com.visiquate.ccproxy.bus.RecordsMessage.RecordsInquiry;
import com.visiquate.ccproxy.http.ingress.Services;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.view.FleetView;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.healthchecks.CheckResult;
import io.vertx.ext.healthchecks.HealthChecks;
import io.vertx.ext.healthchecks.Status;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How the gateway feels: for operators in words, for supervisors as up or down. */
public final class HealthRoutes {
  private static final String ALIVE = "\"I'm alive!\"";

  /** The words that LiteLLM's readers look for, as far as they are true here. */
  private static final String READY =
      "{\"status\":\"healthy\",\"db\":\"Not connected\",\"cache\":null,\"success_callbacks\":[]}";

  /** A backend that has not said a word by then may never do so. */
  private static final Duration FIRST_WORD = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final String STARTING = "{\"status\":\"starting\"}";
  private static final String SHUTTING_DOWN = "{\"status\":\"shutting_down\"}";
  private final HealthChecks checks;
  private final Bus bus;
  private final Services services;
  private final Instant startedAt;

  public HealthRoutes(Vertx vertx, Bus bus, Services services, Instant startedAt) {
    this.bus = bus;
    this.checks =
        HealthChecks.create(vertx)
            .register(
                "gateway",
                result ->
                    result.complete(isReady(services, startedAt) ? Status.OK() : Status.KO()));
    this.services = services;
    this.startedAt = startedAt;
  }

  /** Until a backend has been heard of once, what is asked of it may be refused. */
  private static boolean isReady(Services services, Instant startedAt) {
    FleetView fleet = services.fleet();
    boolean known = fleet.hasHeardOfAll() || services.now().isAfter(startedAt.plus(FIRST_WORD));
    return known && !fleet.isDraining();
  }

  public void mount(SmallRoutes routes) {
    routes.read("/health", this::health);
    routes.read("/health/liveliness", HealthRoutes::alive);
    routes.read("/health/liveness", HealthRoutes::alive);
    routes.read("/health/readiness", this::readiness);
  }

  private static void alive(RoutingContext context) {
    SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(ALIVE));
  }

  private void readiness(RoutingContext context) {
    checks
        .checkStatus()
        .map(CheckResult::isUp)
        .onSuccess(
            isReady ->
                SmallRoutes.send(
                    context,
                    isReady ? 200 : 503,
                    HttpReply.JSON,
                    Buffer.buffer(isReady ? READY : notReady())));
  }

  private String notReady() {
    return services.fleet().isDraining() ? SHUTTING_DOWN : STARTING;
  }

  /** Nobody is there when no records are kept, or when there is no cache. */
  private static <T> Future<Optional<T>> ifThere(Future<T> answer) {
    return answer.map(Optional::of).otherwise(Optional.empty());
  }

  private void health(RoutingContext context) {
    FleetView fleet = services.fleet();
    Duration uptime = Duration.between(startedAt, services.now());
    var records = ifThere(bus.ask(Address.RECORDS_STATUS, new RecordsInquiry(), PATIENCE));
    var cache = ifThere(bus.ask(Address.CACHE_STATUS, new CacheInquiry(), PATIENCE));
    Future.join(records, cache)
        .map(
            both ->
                HealthBody.of(
                    fleet.plan(), fleet.statuses(), records.result(), cache.result(), uptime))
        .onSuccess(
            body ->
                SmallRoutes.send(
                    context, body.status(), HttpReply.JSON, Buffer.buffer(body.json())));
  }
}
