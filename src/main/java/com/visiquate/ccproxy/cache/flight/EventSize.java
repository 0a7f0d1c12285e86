package com.visiquate.ccproxy.cache.flight;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Embedding;

/** How many bytes an event takes in memory, about. */
final class EventSize {
  private static final int OVERHEAD = 64;
  private static final long LOGPROB = 256;

  private EventSize() {}

  static long of(ChatEvent event) {
    return OVERHEAD
        + switch (event) {
          case ChatEvent.Text text -> 2L * text.text().length() + LOGPROB * text.logprobs().size();
          case ChatEvent.Thinking thinking -> 2L * thinking.text().length();
          case ChatEvent.Call call -> 2L * call.call().arguments().text().length();
          case ChatEvent.Embedded embedded ->
              embedded.embeddings().stream().mapToLong(Embedding::size).sum() * Float.BYTES;
          case ChatEvent.Finished finished -> 0;
        };
  }
}
