package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One choice of a whole answer; owns what was said of it so far. */
final class Choice {
  private final StringBuilder text;
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private final @Nullable Integer topLogprobs;
  private @Nullable FinishReason reason;

  /** One that begins with the echo of its prompt, which is often nothing. */
  Choice(String echo, @Nullable Integer topLogprobs) {
    text = new StringBuilder(echo);
    this.topLogprobs = topLogprobs;
  }

  void add(ChatEvent.Text piece) {
    text.append(piece.text());
    logprobs.addAll(piece.logprobs());
  }

  void finish(FinishReason why) {
    reason = why;
  }

  boolean isFinished() {
    return reason != null;
  }

  void write(int index, ByteSink out) {
    out.raw("{\"text\":").json(text.toString()).raw(",\"index\":").number(index);
    out.raw(",\"logprobs\":");
    if (topLogprobs == null || logprobs.isEmpty()) {
      out.raw("null");
    } else {
      Logprobs.write(logprobs, 0, topLogprobs > 0, out);
    }
    out.raw(",\"finish_reason\":").json(reason == FinishReason.LENGTH ? "length" : "stop").raw("}");
  }
}
