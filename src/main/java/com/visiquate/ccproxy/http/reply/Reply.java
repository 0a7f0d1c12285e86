package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.chat.Failure;

/** The client's side of one exchange: its HTTP response, which is written to exactly one end. */
public interface Reply {
  /** Status 200 and the headers of a stream; they leave with the first write. */
  void begin(Head head, String contentType);

  /** One piece of a stream, in one socket write. */
  void write(byte[] bytes);

  /** The last piece of a stream, possibly empty. */
  void end(byte[] bytes);

  /** A complete answer. */
  void whole(Head head, String contentType, byte[] body);

  /** A failure instead of an answer; tells the status that was sent. */
  int fail(Head head, Failure failure);

  /** Breaks the connection, so that nobody takes what was sent for a complete answer. */
  void abort();

  /** Whether the client reads too slowly to be sent more. */
  boolean full();

  /** Tells once when it is not {@link #full()} any more. */
  void whenDrained(Runnable then);
}
