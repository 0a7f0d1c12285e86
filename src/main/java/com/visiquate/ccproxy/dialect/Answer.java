package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;

/**
 * The answer to one request, streamed or whole: a state machine that appends bytes. A whole answer
 * appends nothing before it is finished, then everything at once.
 */
public interface Answer {
  /** Of the whole HTTP response, e.g. {@code text/event-stream; charset=utf-8}. */
  String contentType();

  void said(ChatEvent event, ByteSink out);

  /**
   * The same for one part of a request that has several.
   *
   * @param part its index; the parts speak in any order, each ends with its own {@link
   *     ChatEvent.Finished}, and the answer is complete when all have
   */
  default void said(int part, ChatEvent event, ByteSink out) {
    said(event, out);
  }

  /** A sign of life for a client that waits; appends nothing where the family has none. */
  void heartbeat(ByteSink out);

  /** The family's form of a failure after the response began; nothing may follow. */
  void broke(Failure failure, ByteSink out);
}
