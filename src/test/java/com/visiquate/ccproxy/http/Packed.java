package com.visiquate.ccproxy.http;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.function.UnaryOperator;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;

/** Packs bodies as clients do. */
public final class Packed {
  /** {@code {"model":"m","messages":[{"role":"user","content":"packed"}]}} by Google's encoder. */
  public static final byte[] BROTLI_CHAT =
      Base64.getDecoder()
          .decode("GzwAQBwHdgz5B3E4aN7WIntkW1OkrK11WLr6gkNOBG7fAgmDOrPpeBDqseSVJVOYIoB4Mt13");

  /** 64 MiB of zeros by the same. */
  public static final byte[] BROTLI_BOMB =
      Base64.getDecoder()
          .decode(
              "y///P/gnAOKxQCD3/o///3/wTwDEYRGA7v0f////4J8AiMMCAN37P/7//8E/ARCHBQC693/8//+DfwIg"
                  + "DgsAdO//+P//B/8EQBwWAOje//H//w/+CYA4LADQvf/L//8//BMAcVgAoHv/Bw==");

  private static final int BROTLI_BLOCK = 1 << 16;

  private Packed() {}

  public static byte[] by(String encoding, byte[] plain) {
    return switch (encoding) {
      case "gzip" -> through(plain, Packed::gzip);
      case "deflate" -> through(plain, DeflaterOutputStream::new);
      case "raw deflate" ->
          through(plain, out -> new DeflaterOutputStream(out, new Deflater(9, true)));
      case "br" -> storedInBrotli(plain);
      case "zstd" -> Zstd.compress(plain);
      default -> throw new IllegalArgumentException(encoding);
    };
  }

  private static OutputStream gzip(OutputStream out) {
    try {
      return new GZIPOutputStream(out);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static byte[] through(byte[] plain, UnaryOperator<OutputStream> packer) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = packer.apply(packed)) {
      out.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  /** Brotli without any compression: a bit for the window, then blocks as they are, then an end. */
  private static byte[] storedInBrotli(byte[] plain) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int from = 0; from < plain.length; from += BROTLI_BLOCK) {
      int length = Math.min(BROTLI_BLOCK, plain.length - from);
      int window = from == 0 ? 1 : 0;
      int header = ((length - 1) << (3 + window)) | (1 << (19 + window));
      out.write(header);
      out.write(header >> 8);
      out.write(header >> 16);
      out.write(plain, from, length);
    }
    out.write(plain.length == 0 ? 0x06 : 0x03);
    return out.toByteArray();
  }
}
