package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.visiquate.ccproxy.dialect.ByteSink;

/** Writes the frames of a stream; owns their sequence number, which has no gaps. */
final class Events {
  private static final byte[] END = "}\n\n".getBytes(US_ASCII);

  private int sequence;

  /** The beginning of an event, up to the sequence number; more members may follow. */
  ByteSink begin(String type, ByteSink out) {
    return begin(prefix(type), out);
  }

  /** The same with a beginning that was prepared by {@link #prefix}. */
  ByteSink begin(byte[] prefix, ByteSink out) {
    return out.bytes(prefix).number(sequence++);
  }

  void end(ByteSink out) {
    out.bytes(END);
  }

  static byte[] prefix(String type) {
    return ("event: " + type + "\ndata: {\"type\":\"" + type + "\",\"sequence_number\":")
        .getBytes(US_ASCII);
  }
}
