package com.visiquate.ccproxy.dialect.anthropic;

/**
 * The ids of tool calls: Anthropic's begin with {@code toolu_}, Ollama's with {@code call_}; a call
 * that comes back has the id again that Ollama gave it.
 */
final class ToolIds {
  private static final String PREFIX = "toolu_";
  private static final String OLLAMA = PREFIX + "call_";

  private ToolIds() {}

  static String toClient(String id) {
    return id.startsWith(PREFIX) ? id : PREFIX + id;
  }

  static String fromClient(String id) {
    return id.startsWith(OLLAMA) ? id.substring(PREFIX.length()) : id;
  }
}
