package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.dialect.ByteSink;

/** Counts what an answer consists of, for its last words: why it ended and what it cost. */
final class Tally {
  private int thoughts;
  private int calls;

  /** One piece of thinking, which is about one token: Ollama counts all tokens together. */
  void thought() {
    thoughts++;
  }

  /** One call; its index. */
  int called() {
    return calls++;
  }

  String finishReason(FinishReason reason, ChatForm form) {
    if (reason == FinishReason.LENGTH) {
      return "length";
    }
    if (calls == 0) {
      return "stop";
    }
    return form.legacy() ? "function_call" : "tool_calls";
  }

  void usage(Counts counts, ByteSink out) {
    int prompt = counts.promptTokens();
    int output = counts.outputTokens();
    out.raw("{\"prompt_tokens\":").number(prompt);
    out.raw(",\"completion_tokens\":").number(output);
    out.raw(",\"total_tokens\":").number((long) prompt + output);
    out.raw(",\"prompt_tokens_details\":{\"cached_tokens\":").number(counts.cachedTokens());
    out.raw("},\"completion_tokens_details\":{\"reasoning_tokens\":");
    out.number(Math.min(thoughts, output)).raw("}}");
  }
}
