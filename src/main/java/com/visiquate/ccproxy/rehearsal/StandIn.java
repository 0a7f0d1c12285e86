package com.visiquate.ccproxy.rehearsal;

import java.util.ArrayList;
import java.util.List;

/**
 * What the Ollama of the rehearsal says: at once, always the same, in Ollama's own words. It has
 * two models in memory, one to chat and one to embed.
 */
final class StandIn {
  static final String CHAT_MODEL = "rehearsal-chat";
  static final String EMBEDDING_MODEL = "rehearsal-embed";

  /** With this at the end of a question it calls a tool. */
  static final String CALL = "Call the tool for number";

  /** What the tools of the rehearsal have found; with it in the conversation, it calls no more. */
  static final String FOUND = "found it";

  private static final List<String> WORDS =
      List.of(
          "This", " is", " what", " a", " model", " says", ":", " \\\"two\\\"", "\\n", " lines");

  private static final int ROUNDS = 3;
  private static final String DETAILS =
      "\"details\":{\"format\":\"gguf\",\"family\":\"qwen2\",\"families\":[\"qwen2\"],"
          + "\"parameter_size\":\"7.6B\",\"quantization_level\":\"Q4_K_M\"}";
  private static final String COUNTS =
      "\"total_duration\":45573658,\"load_duration\":2649447,\"prompt_eval_count\":412,"
          + "\"prompt_eval_duration\":4848067";

  private StandIn() {}

  /** The pieces of an answer, one line each; none for a path that it does not know. */
  static List<String> answer(String path, String body) {
    return switch (path) {
      case "/api/version" -> List.of("{\"version\":\"0.24.0\"}");
      case "/api/tags", "/api/ps" ->
          List.of("{\"models\":[%s,%s]}".formatted(model(CHAT_MODEL), model(EMBEDDING_MODEL)));
      case "/api/show" ->
          body.contains(EMBEDDING_MODEL) ? shown("embedding") : shown("completion\",\"tools");
      case "/api/embed" -> List.of(embedded());
      case "/api/chat" -> chat(body);
      case "/api/generate" -> said("\"response\":\"", "\"");
      default -> List.of();
    };
  }

  private static String model(String name) {
    return "{\"name\":\"%1$s\",\"model\":\"%1$s\",\"size\":4683087332,\"digest\":\"%1$s\",%2$s,"
            .formatted(name, DETAILS)
        + "\"size_vram\":4683087332,\"context_length\":32768,"
        + "\"expires_at\":\"2318-03-04T00:00:00Z\",\"modified_at\":\"2026-11-21T09:15:55Z\"}";
  }

  private static List<String> shown(String capabilities) {
    return List.of(
        "{\"capabilities\":[\"%s\"],\"model_info\":{\"qwen2.context_length\":32768},%s}"
            .formatted(capabilities, DETAILS));
  }

  private static String embedded() {
    String vector = "[" + "0.0125,-0.75,".repeat(32) + "0.5]";
    return "{\"model\":\"%s\",\"embeddings\":[%s,%s],%s}"
        .formatted(EMBEDDING_MODEL, vector, vector, COUNTS);
  }

  private static List<String> chat(String body) {
    return body.contains(CALL) && !body.contains(FOUND)
        ? List.of(
            line(
                "\"message\":{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":"
                    + "{\"name\":\"read\",\"arguments\":{\"path\":\"a.txt\"}}}]},\"done\":false"),
            last("\"message\":{\"role\":\"assistant\",\"content\":\"\"}"))
        : said("\"message\":{\"role\":\"assistant\",\"content\":\"", "\"}");
  }

  private static List<String> said(String before, String after) {
    List<String> lines = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      WORDS.forEach(word -> lines.add(line(before + word + after + ",\"done\":false")));
    }
    lines.add(last(before + after));
    return lines;
  }

  private static String last(String nothing) {
    return line(
        "%s,\"done\":true,\"done_reason\":\"stop\",%s,\"eval_count\":30,\"eval_duration\":32330237"
            .formatted(nothing, COUNTS));
  }

  private static String line(String rest) {
    return "{\"model\":\"%s\",\"created_at\":\"2026-11-21T09:15:55.560522212Z\",%s}\n"
        .formatted(CHAT_MODEL, rest);
  }
}
