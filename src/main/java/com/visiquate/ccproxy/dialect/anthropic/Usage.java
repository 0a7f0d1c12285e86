package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.dialect.ByteSink;

/**
 * What an answer cost. All four numbers always stand there: Claude Code adds three of them up. The
 * tokens that came out of a cache do not count as input.
 */
final class Usage {
  private Usage() {}

  /** What is known when a stream begins; the one token of output is Anthropic's own habit. */
  static void estimated(int inputTokens, ByteSink out) {
    four(inputTokens, 0, 1, out);
    out.raw("}");
  }

  /** At the end of a stream. */
  static void exact(Counts counts, ByteSink out) {
    four(counts, out);
    out.raw("}");
  }

  /** Of an answer in one piece, which says a little more. */
  static void whole(Counts counts, ByteSink out) {
    four(counts, out);
    out.raw(",\"cache_creation\":{\"ephemeral_5m_input_tokens\":0");
    out.raw(",\"ephemeral_1h_input_tokens\":0}");
    out.raw(",\"server_tool_use\":null,\"service_tier\":\"standard\"}");
  }

  private static void four(Counts counts, ByteSink out) {
    int cached = Math.clamp(counts.cachedTokens(), 0, counts.promptTokens());
    four(counts.promptTokens() - cached, cached, counts.outputTokens(), out);
  }

  private static void four(int input, int cached, int output, ByteSink out) {
    out.raw("{\"input_tokens\":").number(input);
    out.raw(",\"cache_creation_input_tokens\":0,\"cache_read_input_tokens\":").number(cached);
    out.raw(",\"output_tokens\":").number(output);
  }
}
