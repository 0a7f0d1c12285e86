package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RequestRecord;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One request as a row of LiteLLM's {@code SpendLogs}; what ccproxy does not have is null. */
final class SpendLog {
  private static final long MICROS_A_MILLI = 1_000;

  /** What LiteLLM has and ccproxy has not. */
  private static final List<String> UNKNOWN =
      List.of(
          "cache_key",
          "team_id",
          "organization_id",
          "end_user",
          "requester_ip_address",
          "messages",
          "response",
          "mcp_namespaced_tool_name",
          "agent_id",
          "proxy_server_request");

  private SpendLog() {}

  static JsonObject of(RequestRecord record) {
    JsonObject row = new JsonObject().put("request_id", record.id());
    used(record, row);
    times(record.times(), row);
    served(record, row);
    // Text that is JSON, as its own type of this row wants these two.
    row.put("metadata", metadata(record).encode()).put("request_tags", "[]");
    row.put("session_id", record.asked().session());
    UNKNOWN.forEach(row::putNull);
    return row;
  }

  private static void used(RequestRecord record, JsonObject row) {
    RequestRecord.Tokens tokens = record.tokens();
    String key = record.asked().key();
    row.put("call_type", callType(record.asked().route()))
        .put("api_key", key == null ? "" : key)
        .put("spend", record.price().cost())
        .put("total_tokens", tokens.prompt() + tokens.output())
        .put("prompt_tokens", tokens.prompt())
        .put("completion_tokens", tokens.output());
  }

  private static void times(RequestRecord.Times times, JsonObject row) {
    row.put("startTime", moment(times.arrived()))
        .put("endTime", moment(times.ended()))
        .put("request_duration_ms", times.total() / MICROS_A_MILLI)
        .put("completionStartTime", moment(times.firstToken()));
  }

  private static void served(RequestRecord record, JsonObject row) {
    RequestRecord.Served served = record.served();
    String backend = served.backend() == null ? "" : served.backend();
    row.put("model", served.model() == null ? "" : served.model())
        .put("model_id", backend)
        .put("model_group", record.asked().alias())
        .put("custom_llm_provider", "ollama")
        .put("api_base", backend)
        .put("user", record.asked().client())
        .put("cache_hit", served.cacheHit() ? "True" : "False")
        .put("status", served.outcome().equals("completed") ? "success" : "failure");
  }

  private static JsonObject metadata(RequestRecord record) {
    return new JsonObject()
        .put("user_api_key_alias", record.asked().key())
        .put("outcome", record.served().outcome())
        .put("status_code", record.served().status())
        .put("machine_seconds", record.slots().micros() / 1e6)
        .put("cached_tokens", record.tokens().cached());
  }

  private static String callType(String route) {
    if (route.contains("embed")) {
      return "aembedding";
    }
    if (route.endsWith("/messages")) {
      return "anthropic_messages";
    }
    if (route.endsWith("/responses")) {
      return "aresponses";
    }
    return route.endsWith("/chat/completions") || route.endsWith("/chat")
        ? "acompletion"
        : "atext_completion";
  }

  private static @Nullable String moment(@Nullable Long micros) {
    return micros == null ? null : RequestWords.instant(micros).toString();
  }
}
