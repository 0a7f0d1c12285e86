package com.visiquate.ccproxy.chat;

import java.util.List;

/**
 * Which tools the model may or must call.
 *
 * @param allowed names it is limited to; empty means all that were offered
 */
public record ToolChoice(Mode mode, List<String> allowed) {
  public enum Mode {
    AUTO,
    NONE,
    REQUIRED
  }

  public static final ToolChoice AUTO = new ToolChoice(Mode.AUTO, List.of());
  public static final ToolChoice NONE = new ToolChoice(Mode.NONE, List.of());
  public static final ToolChoice REQUIRED = new ToolChoice(Mode.REQUIRED, List.of());

  public ToolChoice {
    allowed = List.copyOf(allowed);
  }

  /** The tool of this name and no other, and it must be called. */
  public static ToolChoice named(String name) {
    return new ToolChoice(Mode.REQUIRED, List.of(name));
  }

  /** Whether a tool of this name may be offered to the model. */
  public boolean allows(String name) {
    return mode != Mode.NONE && (allowed.isEmpty() || allowed.contains(name));
  }
}
