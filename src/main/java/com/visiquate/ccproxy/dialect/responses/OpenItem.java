package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.TokenLogprob;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.List;

/** An item of the answer that is being written, piece by piece. */
sealed interface OpenItem permits MessageItem, ReasoningItem {
  void open(Events events, ByteSink out);

  /** One more piece; an empty one says only that the answer is alive. */
  void add(String piece, List<TokenLogprob> logprobs, Events events, ByteSink out);

  /**
   * Writes its last events.
   *
   * @param status {@code completed}, or {@code incomplete} when the answer was cut
   * @return the item in full
   */
  String close(String status, Events events, ByteSink out);
}
