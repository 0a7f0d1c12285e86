package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;

/** What is the same around all choices of one answer, streamed or whole: prepared once. */
final class Envelope {
  private final byte[] head;
  private final boolean accounted;

  /**
   * Of one answer.
   *
   * @param accounted whether chunks must say that the usage is still to come
   */
  Envelope(Identity identity, boolean accounted) {
    this.accounted = accounted;
    ByteSink sink = new ByteSink();
    sink.raw("{\"id\":").json("cmpl-" + identity.id());
    sink.raw(",\"object\":\"text_completion\",\"created\":").number(identity.createdSeconds());
    sink.raw(",\"model\":").json(identity.model());
    sink.raw(",\"system_fingerprint\":\"fp_ccproxy\",\"choices\":[");
    head = sink.take();
  }

  /** Up to the first choice. */
  ByteSink open(ByteSink out) {
    return out.bytes(head);
  }

  /** The end of a chunk that holds a choice. */
  void close(ByteSink out) {
    out.raw(accounted ? "],\"usage\":null}" : "]}");
  }

  /** The end of a body, or of the chunk that holds the usage. */
  void close(Usage usage, ByteSink out) {
    out.raw("],\"usage\":");
    usage.write(out);
    out.raw("}");
  }

  boolean isAccounted() {
    return accounted;
  }
}
