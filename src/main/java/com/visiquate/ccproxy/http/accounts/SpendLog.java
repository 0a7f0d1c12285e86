package com.visiquate.ccproxy.http.accounts;

import com.visiquate.ccproxy.bus.RequestRecord;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** One request as a row of LiteLLM's {@code SpendLogs}; what ccproxy does not have is null. */
final class SpendLog {
  private static final long MICROS_A_MILLI = 1_000;

  private SpendLog() {}

  static JsonObject of(RequestRecord record) {
    RequestRecord.Asked asked = record.asked();
    RequestRecord.Served served = record.served();
    RequestRecord.Tokens tokens = record.tokens();
    RequestRecord.Times times = record.times();
    return new JsonObject()
        .put("request_id", record.id())
        .put("call_type", callType(asked.route()))
        .put("api_key", asked.key() == null ? "" : asked.key())
        .put("spend", record.price().cost())
        .put("total_tokens", tokens.prompt() + tokens.output())
        .put("prompt_tokens", tokens.prompt())
        .put("completion_tokens", tokens.output())
        .put("startTime", moment(times.arrived()))
        .put("endTime", moment(times.ended()))
        .put("request_duration_ms", times.total() / MICROS_A_MILLI)
        .put("completionStartTime", moment(times.firstToken()))
        .put("model", served.model() == null ? "" : served.model())
        .put("model_id", served.backend() == null ? "" : served.backend())
        .put("model_group", asked.alias())
        .put("custom_llm_provider", "ollama")
        .put("api_base", served.backend() == null ? "" : served.backend())
        .put("user", asked.client())
        // Text that is JSON, as its own type of this row wants these two.
        .put("metadata", metadata(record).encode())
        .put("cache_hit", served.cacheHit() ? "True" : "False")
        .put("cache_key", null)
        .put("request_tags", "[]")
        .put("team_id", null)
        .put("organization_id", null)
        .put("end_user", null)
        .put("requester_ip_address", null)
        .put("messages", null)
        .put("response", null)
        .put("session_id", asked.session())
        .put("status", served.outcome().equals("completed") ? "success" : "failure")
        .put("mcp_namespaced_tool_name", null)
        .put("agent_id", null)
        .put("proxy_server_request", null);
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
