package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.RequestFound;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.RequestsQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
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
    new SpendReport(desk).mount();
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

  private Future<UsageRows> usage(Desk.Asked asked, String by) {
    return usage(desk, asked, by);
  }

  static Future<UsageRows> usage(Desk desk, Desk.Asked asked, String by) {
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
