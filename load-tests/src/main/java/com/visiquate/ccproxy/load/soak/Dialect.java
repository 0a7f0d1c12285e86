package com.visiquate.ccproxy.load.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What clients speak: where they ask, how, and how a good answer ends. */
enum Dialect {
  CHAT("/v1/chat/completions", Family.OPENAI, "max_tokens", "[DONE]"),
  CHAT_WHOLE("/v1/chat/completions", Family.OPENAI, "max_tokens", ""),
  COMPLETIONS("/v1/completions", Family.OPENAI, "max_tokens", "[DONE]"),
  RESPONSES("/v1/responses", Family.OPENAI, "max_output_tokens", "event: response."),
  MESSAGES("/v1/messages", Family.ANTHROPIC, "max_tokens", "message_stop"),
  MESSAGES_WHOLE("/v1/messages", Family.ANTHROPIC, "max_tokens", ""),
  NATIVE_CHAT("/api/chat", Family.OLLAMA, "", "\"done\":true"),
  NATIVE_GENERATE("/api/generate", Family.OLLAMA, "", "\"done\":true"),
  EMBEDDINGS("/v1/embeddings", Family.OPENAI, "", "");

  /** Whose form errors have. */
  enum Family {
    OPENAI,
    ANTHROPIC,
    OLLAMA
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHAT_MODEL = "coder";
  private static final String EMBEDDING_MODEL = "embedder";

  private final String path;
  private final Family family;
  private final String bound;
  private final String last;

  Dialect(String path, Family family, String bound, String last) {
    this.path = path;
    this.family = family;
    this.bound = bound;
    this.last = last;
  }

  String path() {
    return path;
  }

  boolean streamed() {
    return !last.isEmpty();
  }

  String body(String text, int tokens) {
    String quoted = '"' + text + '"';
    String asked =
        switch (path) {
          case "/v1/completions", "/api/generate" -> "\"prompt\":" + quoted;
          case "/v1/responses", "/v1/embeddings" -> "\"input\":" + quoted;
          default -> "\"messages\":[{\"role\":\"user\",\"content\":" + quoted + "}]";
        };
    if (this == EMBEDDINGS) {
      return "{\"model\":\"" + EMBEDDING_MODEL + "\"," + asked + "}";
    }
    String length =
        bound.isEmpty()
            ? "\"options\":{\"num_predict\":" + tokens + "}"
            : "\"" + bound + "\":" + tokens;
    return "{\"model\":\"%s\",\"stream\":%s,%s,%s}"
        .formatted(CHAT_MODEL, streamed(), length, asked);
  }

  /** What is wrong with an answer of status 200; empty when nothing is. */
  String fault(String answer) {
    if (streamed()) {
      return streamFault(answer);
    }
    try {
      JsonNode whole = JSON.readTree(answer);
      return whole.isObject() && !whole.hasNonNull("error") && !errs(whole)
          ? ""
          : "an error with status 200: " + end(answer);
    } catch (JsonProcessingException torn) {
      return "broken off: " + end(answer);
    }
  }

  private String streamFault(String answer) {
    String tail = end(answer);
    if (tail.contains("\"error\":{") || tail.contains("{\"error\":")) {
      return "an error in the stream: " + tail;
    }
    boolean whole =
        this == RESPONSES
            ? answer.contains("event: response.completed")
                || answer.contains("event: response.incomplete")
            : tail.contains(last);
    return whole ? "" : "broken off: " + tail;
  }

  /** Whether a refusal has the form that clients of this family read. */
  boolean isRefusal(int status, String answer) {
    if (status < 400 || status > 499) {
      return false;
    }
    try {
      JsonNode body = JSON.readTree(answer);
      return switch (family) {
        case OPENAI -> body.at("/error/message").isTextual();
        case ANTHROPIC -> errs(body) && body.at("/error/message").isTextual();
        case OLLAMA -> body.path("error").isTextual();
      };
    } catch (JsonProcessingException noJson) {
      return false;
    }
  }

  private static boolean errs(JsonNode body) {
    return body.path("type").asText().equals("error");
  }

  private static String end(String answer) {
    return answer.substring(Math.max(0, answer.length() - 300)).strip().replace('\n', ' ');
  }
}
