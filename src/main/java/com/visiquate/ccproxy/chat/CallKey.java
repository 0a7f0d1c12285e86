package com.visiquate.ccproxy.chat;

/**
 * One call of a tool as clients repeat it.
 *
 * @param id as Ollama gave it
 * @param tool the name of the tool, because ids are random but not secret
 */
public record CallKey(String id, String tool) {
  private static final String MADE_HERE = "call_[0-9]+";

  public static CallKey of(ToolCall call) {
    return new CallKey(call.id(), call.name());
  }

  /** Whether nobody else has it: an id that is made of a place in a conversation is not unique. */
  public boolean isUnique() {
    return !id.isEmpty() && !id.matches(MADE_HERE);
  }
}
