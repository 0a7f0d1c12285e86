package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.CacheInquiry;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.CacheMessage.Purge;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What is in the cache, and its deletion; for operators. LiteLLM's path tells whether it is on. */
public final class CacheRoutes {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Bus bus;
  private final Gate gate;

  public CacheRoutes(Bus bus, Gate gate) {
    this.bus = bus;
    this.gate = gate;
  }

  public void mount(SmallRoutes routes) {
    routes.methods(
        "/ccproxy/cache",
        Map.of(
            HttpMethod.GET,
            context -> forOperators(routes, context, () -> show(context)),
            HttpMethod.DELETE,
            context -> forOperators(routes, context, () -> purge(context))));
    routes.read("/cache/ping", this::ping);
  }

  private void forOperators(SmallRoutes routes, RoutingContext context, Runnable action) {
    AccessKey key = gate.key(context.request());
    if (key != null && !key.operator()) {
      routes.refuse(context, Refusal.operatorsOnly());
    } else {
      action.run();
    }
  }

  private void show(RoutingContext context) {
    bus.ask(Address.CACHE_STATUS, new CacheInquiry(), PATIENCE)
        .onSuccess(status -> send(context, json(status)))
        .onFailure(off -> send(context, new JsonObject().put("on", false)));
  }

  private static JsonObject json(CacheStatus status) {
    JsonObject json =
        new JsonObject()
            .put("on", true)
            .put("entries", status.entries())
            .put("bytes", status.bytes())
            .put("shared", status.remote());
    return status.away() == null ? json : json.put("away_since", status.away().toString());
  }

  private void purge(RoutingContext context) {
    String model = context.request().getParam("model");
    String namespace = context.request().getParam("namespace");
    bus.ask(Address.CACHE_PURGE, new Purge(model, namespace, List.of()), PATIENCE)
        .onSuccess(purged -> send(context, new JsonObject().put("deleted", purged.entries())))
        .onFailure(off -> send(context, new JsonObject().put("deleted", 0)));
  }

  private void ping(RoutingContext context) {
    bus.ask(Address.CACHE_STATUS, new CacheInquiry(), PATIENCE)
        .onSuccess(
            status ->
                send(
                    context,
                    new JsonObject()
                        .put("status", status.away() == null ? "healthy" : "unhealthy")
                        .put("cache_type", status.remote() ? "redis" : "local")
                        .put("ping_response", status.away() == null)))
        .onFailure(
            off -> send(context, new JsonObject().put("status", "off").putNull("cache_type")));
  }

  private static void send(RoutingContext context, JsonObject body) {
    SmallRoutes.send(context, 200, HttpReply.JSON, Buffer.buffer(body.encode() + "\n"));
  }
}
