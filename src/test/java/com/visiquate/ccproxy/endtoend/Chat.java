package com.visiquate.ccproxy.endtoend;

import java.util.List;
import java.util.stream.Collectors;

/** Chat completions as bytes: what clients send, and what they must get. */
final class Chat {
  static final String PATH = "/v1/chat/completions";
  static final String DONE = "data: [DONE]\n\n";
  static final String PING = ": ping\n";

  private Chat() {}

  static String streamed(String question) {
    return body(question, ",\"stream\":true");
  }

  static String whole(String question) {
    return body(question, "");
  }

  static String body(String question, String more) {
    return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]%s}"
        .formatted(question, more);
  }

  /** A streamed answer that ended well. */
  static String stream(RawClient.Reply to, List<String> pieces) {
    return begun(to, pieces) + frame(to, "{}", "\"stop\"") + DONE;
  }

  static String stream(RawClient.Reply to, String... pieces) {
    return stream(to, List.of(pieces));
  }

  /** A streamed answer as far as these pieces. */
  static String begun(RawClient.Reply to, List<String> pieces) {
    return frame(to, "{\"role\":\"assistant\",\"content\":\"\"}", "null")
        + pieces.stream()
            .map(piece -> frame(to, "{\"content\":\"" + piece + "\"}", "null"))
            .collect(Collectors.joining());
  }

  private static String frame(RawClient.Reply to, String delta, String finish) {
    return """
    data: {"id":"chatcmpl-%s","object":"chat.completion.chunk","created":0,"model":"m",\
    "system_fingerprint":"fp_ccproxy","choices":[{"index":0,"delta":%s,"logprobs":null,\
    "finish_reason":%s}]}

    """
        .formatted(to.header("x-request-id"), delta, finish);
  }

  /** The error as the last event of a stream. */
  static String errorFrame(String message, String type, String code) {
    return "data: " + error(message, type, code) + "\n\n";
  }

  static String error(String message, String type, String code) {
    return "{\"error\":{\"message\":\"%s\",\"type\":\"%s\",\"param\":null,\"code\":\"%s\"}}"
        .formatted(message, type, code);
  }

  /** The last event of a stream that the end of the gateway has cut. */
  static String shuttingDown() {
    String message = "The gateway is restarting; please retry.";
    return errorFrame(message, "service_unavailable_error", "shutting_down");
  }

  /** What came, with the one thing in it that only a clock knows set to 0. */
  static String timeless(String body) {
    return body.replaceAll("\"created\":\\d+", "\"created\":0");
  }
}
