package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;

/**
 * The answer to one request, streamed or whole: a state machine that appends bytes. A whole answer
 * appends nothing but signs of life before it is finished, then everything at once.
 */
public interface Answer {
  /** The sign of life of a whole answer. */
  String BLANK = " ";

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

  /**
   * A sign of life for a client that waits. White space before the one JSON value of a whole answer
   * means nothing; a line end would, to those who read lines.
   */
  default void heartbeat(ByteSink out) {
    out.raw(BLANK);
  }

  /** The family's form of a failure after the response began; nothing may follow. */
  void broke(Failure failure, ByteSink out);

  /**
   * Whether this failure belongs into the response even if that has not begun: for clients that
   * know it when it comes in a stream, and give up at its status.
   */
  default boolean tellsInside(Failure failure) {
    return false;
  }
}
