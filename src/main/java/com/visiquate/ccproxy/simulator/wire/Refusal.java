package com.visiquate.ccproxy.simulator.wire;

/**
 * A reply that is no answer.
 *
 * @param late found when the answer had begun to stream: chunked, without a character set
 */
public record Refusal(int status, String contentType, String body, boolean late) {
  public static final String JSON = "application/json; charset=utf-8";

  public static Refusal error(int status, String message) {
    return new Refusal(status, JSON, errorBody(message), false);
  }

  public static Refusal late(int status, String message) {
    return new Refusal(status, "application/json", errorBody(message), true);
  }

  public static Refusal plain(int status, String text) {
    return new Refusal(status, "text/plain", text, false);
  }

  public static Refusal empty(int status) {
    return new Refusal(status, "", "", false);
  }

  public static String errorBody(String message) {
    return new GoJson().open().text("error", message).close().toString();
  }
}
