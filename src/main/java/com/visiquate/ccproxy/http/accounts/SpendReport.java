package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.http.accounts.AccountsClient.Untold;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** LiteLLM's report of spending: {@code /global/spend/report}. */
final class SpendReport {
  private final Desk desk;

  SpendReport(Desk desk) {
    this.desk = desk;
  }

  void mount() {
    desk.json("/global/spend/report", this::report);
  }

  /** By key, with the models of each; else by day, with whoever asked on it. */
  private Future<String> report(Desk.Asked asked) {
    String by = asked.question().text("group_by", "team");
    return switch (by) {
      case "api_key" -> SpendRoutes.usage(desk, asked, "key").compose(keys -> details(asked, keys));
      case "customer", "internal_user_id" ->
          SpendRoutes.usage(desk, asked, "day,client")
              .map(rows -> grouped(rows, "customers", "customer"));
      case "team" ->
          SpendRoutes.usage(desk, asked, "day,key")
              .map(rows -> grouped(rows, "teams", "team_name"));
      default -> Future.failedFuture(new Untold(unknownGroup(by)));
    };
  }

  private static Failure unknownGroup(String by) {
    String message =
        "group_by %s is unknown; use api_key, customer, internal_user_id or team.".formatted(by);
    return Failure.invalid(message, "group_by", "invalid_value");
  }

  private Future<String> details(Desk.Asked asked, UsageRows keys) {
    List<Future<JsonObject>> all = keys.rows().stream().map(row -> detail(asked, row)).toList();
    return Future.all(all)
        .map(done -> new JsonArray(all.stream().map(Future::result).toList()).encode());
  }

  private Future<JsonObject> detail(Desk.Asked asked, UsageRow key) {
    UsageQuery query =
        new UsageQuery(
            asked.question().text("start_date"),
            SpendRoutes.until(asked.question()),
            "model",
            Map.of("key", key.value()),
            asked.key(),
            0);
    return desk.records()
        .usage(query)
        .map(
            models ->
                totals(new JsonObject().put("api_key", key.value()), key)
                    .put(
                        "model_details",
                        new JsonArray(
                            models.rows().stream()
                                .map(row -> totals(new JsonObject().put("model", row.value()), row))
                                .toList())));
  }

  private static JsonObject totals(JsonObject named, UsageRow row) {
    return named
        .put("total_cost", row.usage().cost())
        .put("total_input_tokens", row.usage().promptTokens())
        .put("total_output_tokens", row.usage().outputTokens());
  }

  private static String grouped(UsageRows rows, String plural, String name) {
    Map<String, JsonArray> days = new LinkedHashMap<>();
    for (UsageRow row : rows.rows()) {
      JsonObject metadata =
          new JsonObject()
              .put("model", null)
              .put("api_key", null)
              .put("spend", row.usage().cost())
              .put("total_tokens", row.usage().promptTokens() + row.usage().outputTokens());
      days.computeIfAbsent(SpendRoutes.day(row), any -> new JsonArray())
          .add(
              new JsonObject()
                  .put(name, row.value())
                  .put("total_spend", row.usage().cost())
                  .put("metadata", new JsonArray().add(metadata)));
    }
    JsonArray list = new JsonArray();
    days.forEach(
        (day, group) -> list.add(new JsonObject().put("group_by_day", day).put(plural, group)));
    return list.encode();
  }
}
