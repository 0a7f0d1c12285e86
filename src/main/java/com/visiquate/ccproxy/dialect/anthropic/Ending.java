package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.dialect.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * Why an answer ended, in Anthropic's words.
 *
 * @param sequence the stop text that was met, if one was
 */
record Ending(String reason, @Nullable String sequence) {
  /** Of an answer that may say nothing. */
  static final Ending NOTHING_SAID = new Ending("max_tokens", null);

  /** Of an answer that sums a conversation up. */
  static final Ending SUMMED_UP = new Ending("compaction", null);

  /** Calls outweigh a full window: Ollama only hands over complete ones, and they can be run. */
  static Ending of(FinishReason reason, @Nullable String stop, boolean called) {
    if (stop != null) {
      return new Ending("stop_sequence", stop);
    }
    if (called) {
      return new Ending("tool_use", null);
    }
    return switch (reason) {
      case STOP -> new Ending("end_turn", null);
      case LENGTH -> new Ending("max_tokens", null);
    };
  }

  void write(ByteSink out) {
    out.raw("\"stop_reason\":").json(reason).raw(",\"stop_sequence\":");
    if (sequence == null) {
      out.raw("null");
    } else {
      out.json(sequence);
    }
  }
}
