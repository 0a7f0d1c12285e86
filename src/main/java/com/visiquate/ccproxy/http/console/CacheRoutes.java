package com.visiquate.ccproxy.http.console;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.CacheInquiry;
import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.bus.CacheMessage.Purge;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.routes.SmallRoutes;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What is in the cache, and its deletion; for operators, also by the paths of LiteLLM. */
public final class CacheRoutes {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int LARGEST_BODY = 64 * 1024;
  private static final int OFF = 503;
  private final Bus bus;
  private final Gate gate;
  private final ChangeGuard guard;

  public CacheRoutes(Bus bus, Gate gate) {
    this.bus = bus;
    this.gate = gate;
    this.guard = new ChangeGuard(gate);
  }

  public void mount(SmallRoutes routes) {
    routes.methods(
        "/ccproxy/cache",
        Map.of(
            HttpMethod.GET,
            context ->
                unless(gate.operatorObjection(context.request()), routes, context, this::show),
            HttpMethod.DELETE,
            context -> change(routes, context, this::purge)));
    routes.read("/cache/ping", this::ping);
    routes.post("/cache/delete", context -> change(routes, context, one -> delete(routes, one)));
    routes.post(
        "/cache/flushall",
        context -> change(routes, context, one -> purge(one, new Purge(null, null, List.of()))));
  }

  private void change(SmallRoutes routes, RoutingContext context, Consumer<RoutingContext> action) {
    unless(guard.scriptObjection(context.request()), routes, context, action);
  }

  private static void unless(
      @Nullable Refusal objection,
      SmallRoutes routes,
      RoutingContext context,
      Consumer<RoutingContext> action) {
    if (objection == null) {
      action.accept(context);
    } else {
      routes.refuse(context, objection);
    }
  }

  private void show(RoutingContext context) {
    bus.ask(Address.CACHE_STATUS, new CacheInquiry(), PATIENCE)
        .onSuccess(status -> send(context, 200, json(status)))
        .onFailure(off -> send(context, 200, new JsonObject().put("on", false)));
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
    purge(context, new Purge(model, namespace, List.of()));
  }

  private void purge(RoutingContext context, Purge purge) {
    bus.ask(Address.CACHE_PURGE, purge, PATIENCE)
        .onSuccess(purged -> deleted(context, purged.entries()))
        .onFailure(off -> deleted(context, 0));
  }

  /** LiteLLM's word, and how many there were. */
  private static void deleted(RoutingContext context, long entries) {
    send(context, 200, new JsonObject().put("status", "success").put("deleted", entries));
  }

  /** By the keys that answers have said. */
  private void delete(SmallRoutes routes, RoutingContext context) {
    if (!BodySize.isAtMost(LARGEST_BODY, context.request())) {
      routes.refuse(context, Refusal.tooLarge(LARGEST_BODY));
      return;
    }
    context
        .request()
        .body()
        .onSuccess(
            body -> {
              List<String> keys = keys(body);
              if (keys.isEmpty()) {
                String message = "keys must be a list of what x-litellm-cache-key said.";
                routes.refuse(
                    context, Refusal.of(Failure.invalid(message, "keys", "invalid_value")));
              } else {
                purge(context, new Purge(null, null, keys));
              }
            });
  }

  private static List<String> keys(Buffer body) {
    try {
      return Json.decodeValue(body) instanceof JsonObject json
              && json.getValue("keys") instanceof JsonArray keys
          ? keys.stream().filter(String.class::isInstance).map(String.class::cast).toList()
          : List.of();
    } catch (DecodeException noJson) {
      return List.of();
    }
  }

  private void ping(RoutingContext context) {
    bus.ask(Address.CACHE_STATUS, new CacheInquiry(), PATIENCE)
        .onSuccess(
            status -> send(context, status.away() == null ? 200 : OFF, json(status, status.away())))
        .onFailure(
            off -> send(context, OFF, new JsonObject().put("status", "off").putNull("cache_type")));
  }

  private static JsonObject json(CacheStatus status, @Nullable Instant away) {
    return new JsonObject()
        .put("status", away == null ? "healthy" : "unhealthy")
        .put("cache_type", status.remote() ? "redis" : "local")
        .put("ping_response", away == null);
  }

  private static void send(RoutingContext context, int status, JsonObject body) {
    SmallRoutes.send(context, status, HttpReply.JSON, Buffer.buffer(body.encode() + "\n"));
  }
}
