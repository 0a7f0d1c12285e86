package com.visiquate.ccproxy.load;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * The bytes that the fake says, framed as a real Ollama frames them: one line of JSON, one chunk.
 */
final class FakeAnswers {
  /** More than the longest line of a stream. */
  static final int LINE = 512;

  private static final String MOMENT = "2026-11-21T09:15:55.560522212Z";
  private static final String JSON =
      "Content-Type: application/json; charset=utf-8\r\nDate: Sat, 21 Nov 2026 09:15:55 GMT\r\n";
  private static final String COUNTS =
      "\"done\":true,\"done_reason\":\"%s\",\"total_duration\":45573658,\"load_duration\":2649447,"
          + "\"prompt_eval_count\":28,\"prompt_eval_duration\":4848067,\"eval_count\":%d,\"eval_duration\":32330237}";
  private static final String MODEL =
      "\"name\":\"%1$s\",\"model\":\"%1$s\",\"size\":4683087332,\"digest\":\"%2$s\",\"details\":{\"parent_model\":\"\",\"format\":\"gguf\","
              .formatted(
                  Ask.MODEL, "dae161e27b0e90dd1856c8bb3209201fd6736d8eb66298e75ed87571486f4364")
          + "\"family\":\"qwen2\",\"families\":[\"qwen2\"],\"parameter_size\":\"7.6B\",\"quantization_level\":\"Q4_K_M\"}";
  private static final byte[] STREAM_HEAD =
      bytes(
          "HTTP/1.1 200 OK\r\n"
              + "Content-Type: application/x-ndjson\r\n"
              + "Date: Sat, 21 Nov 2026 09:15:55 GMT\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
  private static final byte[] TOKEN = bytes(chunk(line("~00000000", "\"done\":false}")));
  private static final int DIGITS = new String(TOKEN, StandardCharsets.US_ASCII).indexOf('~') + 1;

  private static final Map<Integer, byte[]> WHOLE = new HashMap<>();

  private FakeAnswers() {}

  /** What a prompt asked for. */
  record Order(
      boolean stream, int tokens, long gap, int tokensInOneWrite, long stall, long before) {
    static final Order NONE = new Order(false, 0, 0, 1, 0, 0);

    static Order of(String body) {
      boolean stream = !body.contains("\"stream\":false");
      int write = (int) Math.max(1, number(body, "write="));
      return new Order(
          stream,
          (int) number(body, "tokens="),
          number(body, "gap="),
          write,
          number(body, "stall="),
          number(body, "before="));
    }

    private static long number(String body, String name) {
      int start = body.indexOf(name);
      long value = 0;
      if (start >= 0) {
        for (int i = start + name.length(); Character.isDigit(body.charAt(i)); i++) {
          value = value * 10 + Character.digit(body.charAt(i), 10);
        }
      }
      return value;
    }
  }

  static byte[] streamHead() {
    return STREAM_HEAD;
  }

  static void token(ByteBuffer into) {
    int from = into.position();
    into.put(TOKEN);
    Stamp.write(Stamp.now(), into.array(), from + DIGITS);
  }

  static void last(ByteBuffer into, Order order) {
    into.put(bytes(chunk(line("", counts(order.tokens()))) + "0\r\n\r\n"));
  }

  static byte[] whole(Order order) {
    return WHOLE.computeIfAbsent(order.tokens(), FakeAnswers::whole);
  }

  private static byte[] whole(int tokens) {
    return json("200 OK", line("~00000000".repeat(tokens), counts(tokens)).strip());
  }

  private static String counts(int tokens) {
    return COUNTS.formatted(tokens == 0 ? "load" : "stop", tokens);
  }

  /** Everything that is not a chat: what a gateway asks in order to know whom it talks to. */
  static byte[] plain(String path) {
    return switch (path) {
      case "/" -> json("200 OK", "Ollama is running");
      case "/api/version" -> json("200 OK", "{\"version\":\"0.24.0\"}");
      case "/api/tags" ->
          json("200 OK", "{\"models\":[{" + MODEL + ",\"modified_at\":\"" + MOMENT + "\"}]}");
      case "/api/ps" ->
          json(
              "200 OK",
              "{\"models\":[{"
                  + MODEL
                  + ",\"expires_at\":\"2318-03-04T00:00:00Z\",\"size_vram\":0,\"context_length\":32768}]}");
      case "/api/show" ->
          json(
              "200 OK",
              "{\"capabilities\":[\"completion\",\"tools\"],\"model_info\":{\"qwen2.context_length\":32768}}");
      default -> json("404 Not Found", "{\"error\":\"not found\"}");
    };
  }

  private static String line(String content, String rest) {
    return "{\"model\":\"%s\",\"created_at\":\"%s\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},%s\n"
        .formatted(Ask.MODEL, MOMENT, content, rest);
  }

  private static String chunk(String line) {
    return Integer.toHexString(line.length()) + "\r\n" + line + "\r\n";
  }

  private static byte[] json(String status, String body) {
    return bytes(
        "HTTP/1.1 "
            + status
            + "\r\n"
            + JSON
            + "Content-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
