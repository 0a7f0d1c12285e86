package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.RequestFound;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
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
import java.util.function.Function;

/** The questions that LiteLLM's dashboards ask about spending, answered in its shapes. */
final class SpendRoutes {
  private static final int ROWS = 1_000;
  private static final int MODELS = 10;
  private final Desk desk;

  SpendRoutes(Desk desk) {
    this.desk = desk;
  }

  void mount() {
    desk.json("/spend/logs", this::logs);
    desk.json("/global/spend", asked -> usage(asked, "all").map(SpendRoutes::whole));
    desk.json("/global/spend/logs", asked -> usage(asked, "day").map(SpendRoutes::days));
    desk.json("/global/spend/models", asked -> usage(asked, "model").map(this::models));
    desk.json("/global/spend/keys", asked -> usage(asked, "key").map(SpendRoutes::keys));
    desk.json("/spend/keys", asked -> usage(asked, "key").map(SpendRoutes::keys));
    desk.json("/global/spend/report", this::report);
  }

  /** Rows of requests, or, between two dates, sums of days. */
  private Future<String> logs(Desk.Asked asked) {
    Question question = asked.question();
    String id = question.text("request_id");
    if (!id.isEmpty()) {
      return desk.records().request(new RequestQuery(id, asked.key())).map(SpendRoutes::found);
    }
    boolean dated = !question.text("start_date").isEmpty();
    if (dated && !question.text("summarize", "true").equals("false")) {
      return summary(asked);
    }
    RequestsQuery query =
        new RequestsQuery(
            question.text("start_date"), until(question), filters(question), asked.key(), "", ROWS);
    return desk.records()
        .requests(query)
        .map(rows -> new JsonArray(rows.rows().stream().map(SpendLog::of).toList()).encode());
  }

  private static String found(RequestFound found) {
    JsonArray rows = new JsonArray();
    if (found.request() != null) {
      rows.add(SpendLog.of(found.request()));
    }
    return rows.encode();
  }

  private Future<String> summary(Desk.Asked asked) {
    Future<UsageRows> models = usage(asked, "day,model");
    Future<UsageRows> clients = usage(asked, "day,client");
    return usage(asked, "day")
        .compose(days -> Future.all(models, clients).map(both -> days))
        .map(days -> summary(days, daily(models.result()), daily(clients.result())));
  }

  private static String summary(
      UsageRows days, Map<String, JsonObject> models, Map<String, JsonObject> clients) {
    JsonArray list = new JsonArray();
    for (UsageRow day : days.rows()) {
      list.add(
          new JsonObject()
              .put("startTime", day(day))
              .put("spend", day.usage().cost())
              .put("users", clients.getOrDefault(day(day), new JsonObject()))
              .put("models", models.getOrDefault(day(day), new JsonObject())));
    }
    return list.encode();
  }

  /** For each day what each value cost. */
  private static Map<String, JsonObject> daily(UsageRows rows) {
    Map<String, JsonObject> days = new LinkedHashMap<>();
    for (UsageRow row : rows.rows()) {
      days.computeIfAbsent(day(row), any -> new JsonObject()).put(row.value(), row.usage().cost());
    }
    return days;
  }

  private static String whole(UsageRows rows) {
    // No budget over everything that has no end: LiteLLM's 0 says that there is none.
    return new JsonObject().put("spend", rows.total().cost()).put("max_budget", 0.0).encode();
  }

  private static String days(UsageRows rows) {
    return list(
        rows, row -> new JsonObject().put("date", day(row)).put("spend", row.usage().cost()));
  }

  static String day(UsageRow row) {
    return row.day() == null ? "" : row.day();
  }

  private String models(UsageRows rows) {
    List<UsageRow> most = rows.rows().stream().limit(MODELS).toList();
    return new JsonArray(
            most.stream()
                .map(
                    row ->
                        new JsonObject()
                            .put("model", row.value())
                            .put("total_spend", row.usage().cost()))
                .toList())
        .encode();
  }

  private static String keys(UsageRows rows) {
    return list(
        rows,
        row ->
            new JsonObject()
                .put("api_key", row.value())
                .put("key_name", row.value())
                .put("key_alias", row.value())
                .put("total_spend", row.usage().cost()));
  }

  private static String list(UsageRows rows, Function<UsageRow, JsonObject> one) {
    return new JsonArray(rows.rows().stream().map(one).toList()).encode();
  }

  /** By key, with the models of each; else by day, with whoever asked on it. */
  private Future<String> report(Desk.Asked asked) {
    String by = asked.question().text("group_by", "team");
    return switch (by) {
      case "api_key" -> usage(asked, "key").compose(keys -> details(asked, keys));
      case "customer", "internal_user_id" ->
          usage(asked, "day,client").map(rows -> grouped(rows, "customers", "customer"));
      case "team" -> usage(asked, "day,key").map(rows -> grouped(rows, "teams", "team_name"));
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
            until(asked.question()),
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
      days.computeIfAbsent(day(row), any -> new JsonArray())
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

  private Future<UsageRows> usage(Desk.Asked asked, String by) {
    Question question = asked.question();
    return desk.records()
        .usage(
            new UsageQuery(
                question.text("start_date"),
                until(question),
                by,
                filters(question),
                asked.key(),
                0));
  }

  /** LiteLLM's last day is included. */
  static String until(Question question) {
    return LastDay.after(question.text("end_date"));
  }

  private static Map<String, String> filters(Question question) {
    Map<String, String> filters = new LinkedHashMap<>();
    put(filters, "key", question.text("api_key"));
    put(filters, "client", question.text("user_id"));
    put(filters, "model", question.text("model"));
    return filters;
  }

  private static void put(Map<String, String> filters, String column, String value) {
    if (!value.isEmpty()) {
      filters.put(column, value);
    }
  }
}
