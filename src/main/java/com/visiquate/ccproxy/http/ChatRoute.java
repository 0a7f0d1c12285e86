package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Dialect;
import java.util.Map;

/** A path at which a dialect's clients ask for answers. */
record ChatRoute(String template, Dialect dialect) {
  /** Every spelling of the paths: with and without {@code /v1}, with and without a last slash. */
  static Map<String, ChatRoute> table(Dialect openai) {
    ChatRoute chat = new ChatRoute("/v1/chat/completions", openai);
    return Map.of(
        "/v1/chat/completions", chat,
        "/v1/chat/completions/", chat,
        "/chat/completions", chat,
        "/chat/completions/", chat);
  }
}
