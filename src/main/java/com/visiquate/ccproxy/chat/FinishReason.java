package com.visiquate.ccproxy.chat;

/** Why the model stopped. That tools were called is seen from the calls, not from here. */
public enum FinishReason {
  /** The model was done, or met a stop text. */
  STOP,
  /** The token limit or the end of the context window. */
  LENGTH
}
