package com.visiquate.ccproxy.chat;

/**
 * One call of a tool by the model.
 *
 * @param id unique over the conversation
 * @param arguments a JSON object
 * @param unread what the model said instead of an object, which then stands around it; empty when
 *     it said one
 */
public record ToolCall(String id, String name, RawJson arguments, String unread) {
  public ToolCall(String id, String name, RawJson arguments) {
    this(id, name, arguments, "");
  }

  /** The arguments as text, for whoever hands them on as such: just what the model said. */
  public String said() {
    return unread.isEmpty() ? arguments.text() : unread;
  }
}
