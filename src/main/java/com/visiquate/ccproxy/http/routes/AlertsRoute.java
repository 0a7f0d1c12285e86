package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.AlertMessage.Alert;
import com.visiquate.ccproxy.bus.AlertMessage.AlertsFound;
import com.visiquate.ccproxy.bus.AlertMessage.AlertsQuery;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;

/** What is wrong, and what was; for operators. */
public final class AlertsRoute {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String NOBODY = "{\"error\":\"The gateway is not ready; please retry.\"}\n";
  private static final AlertsFound NOTHING = new AlertsFound(List.of(), List.of());
  private final Bus bus;
  private final Gate gate;

  public AlertsRoute(Bus bus, Gate gate) {
    this.bus = bus;
    this.gate = gate;
  }

  public void mount(SmallRoutes routes) {
    routes.read(
        "/ccproxy/alerts",
        context -> {
          AccessKey key = gate.key(context.request());
          if (key != null && !key.operator()) {
            routes.refuse(context, Refusal.operatorsOnly());
          } else {
            show(context);
          }
        });
  }

  private void show(RoutingContext context) {
    bus.ask(Address.ALERTS_FIND, new AlertsQuery(), PATIENCE)
        .onSuccess(found -> send(context, 200, json(true, found)))
        // Where nothing is watched nobody is there to answer.
        .onFailure(
            silence ->
                send(
                    context,
                    Bus.isLate(silence) ? 503 : 200,
                    Bus.isLate(silence) ? NOBODY : json(false, NOTHING)));
  }

  private static void send(RoutingContext context, int status, String body) {
    SmallRoutes.send(context, status, HttpReply.JSON, Buffer.buffer(body));
  }

  private static String json(boolean on, AlertsFound found) {
    return new JsonObject()
            .put("watching", on)
            .put("firing", list(found.firing()))
            .put("resolved", list(found.resolved()))
            .encodePrettily()
        + "\n";
  }

  private static JsonArray list(List<Alert> alerts) {
    JsonArray list = new JsonArray();
    alerts.forEach(alert -> list.add(json(alert)));
    return list;
  }

  private static JsonObject json(Alert alert) {
    JsonObject json =
        new JsonObject()
            .put("id", alert.id())
            .put("rule", alert.rule())
            .put("subject", alert.subject())
            .put("severity", Label.of(alert.severity()))
            .put("text", alert.text())
            .put("fired_at", alert.fired().toString());
    return alert.resolved() == null ? json : json.put("resolved_at", alert.resolved().toString());
  }
}
