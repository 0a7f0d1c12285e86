package com.visiquate.ccproxy.chat;

/**
 * A tool that the model may call.
 *
 * @param description empty when the client gave none
 * @param parameters a JSON Schema object
 */
public record Tool(String name, String description, RawJson parameters) {
  /** What Claude Code lists while it has loaded no tool yet. */
  private static final String PLACEHOLDER = "DeferredToolPlaceholder";

  /** Whether it only stands for others, so that no model should see it. */
  public boolean isPlaceholder() {
    return name.equals(PLACEHOLDER);
  }
}
