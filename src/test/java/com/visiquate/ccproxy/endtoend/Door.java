package com.visiquate.ccproxy.endtoend;

/** Every endpoint that generates, and how it is asked the same question. */
enum Door {
  CHAT("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]"),
  COMPLETIONS("/v1/completions", "\"prompt\":\"%s\""),
  RESPONSES("/v1/responses", "\"store\":false,\"input\":\"%s\""),
  MESSAGES(
      "/v1/messages", "\"max_tokens\":64,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]"),
  NATIVE_CHAT("/api/chat", "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]"),
  NATIVE_GENERATE("/api/generate", "\"prompt\":\"%s\"");

  private final String path;
  private final String fields;

  Door(String path, String fields) {
    this.path = path;
    this.fields = fields;
  }

  String path() {
    return path;
  }

  /** Where Ollama is asked. */
  String upstream() {
    return this == COMPLETIONS || this == NATIVE_GENERATE ? "/api/generate" : "/api/chat";
  }

  boolean isOpenAi() {
    return path.startsWith("/v1/") && this != MESSAGES;
  }

  String body(String question, boolean stream) {
    return body(question, stream, "");
  }

  /** The same with further members. */
  String body(String question, boolean stream, String more) {
    return "{\"model\":\"m\",\"stream\":%b,%s%s}"
        .formatted(stream, fields.formatted(question), more);
  }
}
