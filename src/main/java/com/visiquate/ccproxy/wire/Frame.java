package com.visiquate.ccproxy.wire;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.Optional;

/** What stands around a body: a mark, the protocol number, and whether it is compressed. */
final class Frame {
  /** Of a body, before it is compressed; beyond the largest request that is let in. */
  static final int LARGEST = 64 << 20;

  /** What is shorter is sent as it is. */
  static final int COMPRESSED_FROM = 8 << 10;

  private static final byte MARK = 'c';
  private static final byte PLAIN = 0;
  private static final byte ZSTD = 1;
  private static final int HEAD = 4;
  private static final int LEVEL = 1;

  private Frame() {}

  static byte[] pack(int protocol, byte[] body) {
    if (body.length > LARGEST) {
      throw new IllegalArgumentException("%d bytes for another node".formatted(body.length));
    }
    boolean large = body.length >= COMPRESSED_FROM;
    byte[] packed = large ? Zstd.compress(body, LEVEL) : body;
    byte[] frame = new byte[HEAD + packed.length];
    frame[0] = MARK;
    frame[1] = (byte) (protocol >> 8);
    frame[2] = (byte) protocol;
    frame[3] = large ? ZSTD : PLAIN;
    System.arraycopy(packed, 0, frame, HEAD, packed.length);
    return frame;
  }

  /** The body; empty when it is none of this protocol, too large, or broken. */
  static Optional<byte[]> unpack(int protocol, byte[] frame) {
    boolean ours =
        frame.length > HEAD
            && frame[0] == MARK
            && frame[1] == (byte) (protocol >> 8)
            && frame[2] == (byte) protocol;
    if (!ours) {
      return Optional.empty();
    }
    byte[] packed = Arrays.copyOfRange(frame, HEAD, frame.length);
    return switch (frame[3]) {
      case PLAIN -> packed.length < COMPRESSED_FROM ? Optional.of(packed) : Optional.empty();
      case ZSTD -> decompressed(packed);
      default -> Optional.empty();
    };
  }

  private static Optional<byte[]> decompressed(byte[] packed) {
    long size = Zstd.getFrameContentSize(packed);
    if (size < COMPRESSED_FROM || size > LARGEST) {
      return Optional.empty();
    }
    try {
      byte[] body = Zstd.decompress(packed, (int) size);
      return body.length == size ? Optional.of(body) : Optional.empty();
    } catch (ZstdException rubbish) {
      return Optional.empty();
    }
  }
}
