package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetsFound;
import com.visiquate.ccproxy.bus.BudgetMessage.BudgetsInquiry;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.RecordsNews.BudgetStands;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.http.intake.Gate;
import com.visiquate.ccproxy.http.reply.HttpReply;
import com.visiquate.ccproxy.http.reply.Refusal;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;

/** How budgets stand; for operators. */
public final class BudgetsRoute {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String NOBODY = "{\"error\":\"The gateway is not ready; please retry.\"}\n";
  private final Bus bus;
  private final Gate gate;

  public BudgetsRoute(Bus bus, Gate gate) {
    this.bus = bus;
    this.gate = gate;
  }

  public void mount(SmallRoutes routes) {
    routes.read(
        "/ccproxy/budgets",
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
    bus.ask(Address.BUDGETS_FIND, new BudgetsInquiry(), PATIENCE)
        .map(BudgetsFound::budgets)
        .onSuccess(found -> send(context, 200, json(found)))
        // Without records nobody is there to answer, and there are no budgets.
        .onFailure(
            silence ->
                send(
                    context,
                    Bus.isLate(silence) ? 503 : 200,
                    Bus.isLate(silence) ? NOBODY : json(List.of())));
  }

  private static void send(RoutingContext context, int status, String body) {
    SmallRoutes.send(context, status, HttpReply.JSON, Buffer.buffer(body));
  }

  private static String json(List<BudgetStands> budgets) {
    JsonArray list = new JsonArray();
    budgets.forEach(budget -> list.add(json(budget)));
    return new JsonObject().put("budgets", list).encodePrettily() + "\n";
  }

  private static JsonObject json(BudgetStands budget) {
    return new JsonObject()
        .put("name", budget.name())
        .put("share", budget.share())
        .put("warn", budget.warn())
        .put("text", budget.text())
        .put("resets_at", budget.resets().toString());
  }
}
