package com.visiquate.ccproxy.load;

import java.nio.charset.StandardCharsets;

/** One of the compared ways to the backend: where it listens and what it speaks. */
record Target(String name, int port, Speaks speaks) {
  /** A wire format, by the path of its chats and by how its answers end. */
  enum Speaks {
    OLLAMA("/api/chat", Ask.MODEL, "}\n"),
    OPENAI("/v1/chat/completions", Ask.ALIAS, "[DONE]\n\n");

    private final String path;
    private final String model;
    private final String lastOfStream;

    Speaks(String path, String model, String lastOfStream) {
      this.path = path;
      this.model = model;
      this.lastOfStream = lastOfStream;
    }

    /** Where its chats are posted to. */
    String path() {
      return path;
    }
  }

  byte[] request(Ask ask) {
    String body = ask.body(speaks.model);
    String head =
        "POST %s HTTP/1.1\r\n"
            + "Host: 127.0.0.1:%d\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: %d\r\n\r\n";
    return (head.formatted(speaks.path, port, body.length()) + body)
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** The bytes with which a complete answer ends. */
  String ending(Ask ask) {
    return ask.stream() ? speaks.lastOfStream : "}";
  }
}
