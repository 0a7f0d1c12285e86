package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RecordsMessage.UsageQuery;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRow;
import com.visiquate.ccproxy.bus.RecordsMessage.UsageRows;
import com.visiquate.ccproxy.bus.Usage;
import com.visiquate.ccproxy.http.accounts.AccountsClient.Untold;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was used on each day, broken down: {@code /user/daily/activity} in LiteLLM's shape. */
final class DailyActivity {
  private static final int MOST = 1_000;
  private static final int USUAL = 50;
  private static final Map<String, String> BREAKDOWN =
      Map.of("models", "model", "model_groups", "alias", "endpoints", "route", "api_keys", "key");
  private final Desk desk;

  DailyActivity(Desk desk) {
    this.desk = desk;
  }

  void mount() {
    desk.json("/user/daily/activity", this::answer);
  }

  private Future<String> answer(Desk.Asked asked) {
    Question question = asked.question();
    Integer page = question.number("page", 1, Integer.MAX_VALUE);
    Integer size = question.number("page_size", USUAL, MOST);
    if (page == null || page == 0 || size == null || size == 0) {
      String wrong = page == null || page == 0 ? "page" : "page_size";
      return Future.failedFuture(new Untold(Question.notNumber(wrong, MOST)));
    }
    Map<String, Future<UsageRows>> parts = new LinkedHashMap<>();
    BREAKDOWN.forEach((name, column) -> parts.put(name, usage(asked, "day," + column)));
    return usage(asked, "day")
        .compose(days -> Future.all(new ArrayList<>(parts.values())).map(all -> days))
        .map(days -> body(days, parts, page, size));
  }

  private Future<UsageRows> usage(Desk.Asked asked, String by) {
    Question question = asked.question();
    Map<String, String> filters = new LinkedHashMap<>();
    List.of("model:model", "api_key:key", "user_id:client")
        .forEach(
            pair -> {
              String[] names = pair.split(":", 2);
              String value = question.text(names[0]);
              if (!value.isEmpty()) {
                filters.put(names[1], value);
              }
            });
    return desk.records()
        .usage(
            new UsageQuery(
                question.text("start_date"),
                LastDay.after(question.text("end_date")),
                by,
                filters,
                asked.key(),
                0));
  }

  private static String body(
      UsageRows days, Map<String, Future<UsageRows>> parts, int page, int size) {
    List<UsageRow> newest =
        days.rows().stream().sorted(Comparator.comparing(SpendRoutes::day).reversed()).toList();
    int pages = Math.max(1, (newest.size() + size - 1) / size);
    long skipped = (page - 1L) * size;
    JsonArray results = new JsonArray();
    newest.stream()
        .skip(skipped)
        .limit(size)
        .forEach(
            day ->
                results.add(
                    new JsonObject()
                        .put("date", SpendRoutes.day(day))
                        .put("metrics", metrics(day.usage()))
                        .put("breakdown", breakdown(day, parts))));
    JsonObject metadata =
        totals(days.total())
            .put("page", page)
            .put("total_pages", pages)
            .put("has_more", page < pages);
    return new JsonObject().put("results", results).put("metadata", metadata).encode();
  }

  private static JsonObject breakdown(UsageRow day, Map<String, Future<UsageRows>> parts) {
    JsonObject all = new JsonObject().put("mcp_servers", new JsonObject());
    parts.forEach((name, rows) -> all.put(name, values(name, SpendRoutes.day(day), rows.result())));
    JsonObject ollama = value("", day.usage());
    return all.put("providers", new JsonObject().put("ollama", ollama))
        .put("entities", new JsonObject());
  }

  private static JsonObject values(String part, String day, UsageRows rows) {
    JsonObject values = new JsonObject();
    for (UsageRow row : rows.rows()) {
      if (day.equals(row.day()) && !row.value().isEmpty()) {
        values.put(row.value(), value(part.equals("api_keys") ? row.value() : "", row.usage()));
      }
    }
    return values;
  }

  private static JsonObject value(String key, Usage usage) {
    JsonObject one = new JsonObject().put("metrics", metrics(usage));
    return key.isEmpty()
        ? one.put("metadata", new JsonObject()).put("api_key_breakdown", new JsonObject())
        : one.put("metadata", new JsonObject().put("key_alias", key).put("team_id", null));
  }

  private static JsonObject metrics(Usage usage) {
    return new JsonObject()
        .put("spend", usage.cost())
        .put("prompt_tokens", usage.promptTokens())
        .put("completion_tokens", usage.outputTokens())
        .put("cache_read_input_tokens", usage.cachedTokens())
        .put("cache_creation_input_tokens", 0)
        .put("total_tokens", usage.promptTokens() + usage.outputTokens())
        .put("successful_requests", usage.completed())
        .put("failed_requests", usage.requests() - usage.completed())
        .put("api_requests", usage.requests())
        .put("total_response_time_ms", usage.totalMicros() / 1_000)
        .put("timed_requests", usage.requests());
  }

  private static JsonObject totals(Usage usage) {
    return new JsonObject()
        .put("total_spend", usage.cost())
        .put("total_prompt_tokens", usage.promptTokens())
        .put("total_completion_tokens", usage.outputTokens())
        .put("total_tokens", usage.promptTokens() + usage.outputTokens())
        .put("total_api_requests", usage.requests())
        .put("total_successful_requests", usage.completed())
        .put("total_failed_requests", usage.requests() - usage.completed())
        .put("total_cache_read_input_tokens", usage.cachedTokens())
        .put("total_cache_creation_input_tokens", 0);
  }
}
