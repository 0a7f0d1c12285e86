package com.visiquate.ccproxy.http.reply;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.brotli.dec.BrotliInputStream;
import org.jspecify.annotations.Nullable;

/** How a request body is packed, as its {@code Content-Encoding} says. */
public enum Packing {
  NONE,
  GZIP,
  DEFLATE,
  BROTLI,
  ZSTD;

  /** What to offer instead of an encoding that is none of these. */
  public static final String OFFERED = "gzip, deflate, br, zstd";

  /** RFC 9659 allows HTTP no larger window: 8 MiB. Without a bound a frame may claim 2 GiB. */
  private static final int ZSTD_WINDOW_LOG = 23;

  /** The packing of that name; null when there is none. */
  public static @Nullable Packing named(@Nullable String encoding) {
    return switch (encoding == null ? "" : encoding.strip().toLowerCase(Locale.ROOT)) {
      case "", "identity" -> NONE;
      case "gzip", "x-gzip" -> GZIP;
      case "deflate" -> DEFLATE;
      case "br" -> BROTLI;
      case "zstd" -> ZSTD;
      default -> null;
    };
  }

  /** What became of a packed body. */
  public sealed interface Unpacked {
    /** No record, because those compare arrays by their identity. */
    final class Plain implements Unpacked {
      private final byte[] bytes;

      private Plain(byte[] bytes) {
        this.bytes = bytes;
      }

      public byte[] bytes() {
        return bytes;
      }
    }

    /** It would be larger than allowed; nobody has looked how much. */
    record TooLarge() implements Unpacked {}

    /** It is not what it claims to be, or not all of it. */
    record Broken() implements Unpacked {}
  }

  /**
   * Unpacks no more than is allowed, in memory of about twice that; never throws. A large body
   * takes a while, so this is nothing for an event loop.
   *
   * @param limit most bytes that may come out
   */
  public Unpacked unpack(byte[] packed, int limit) {
    try (InputStream in = open(packed)) {
      byte[] plain = in.readNBytes(limit);
      return in.read() < 0 ? new Unpacked.Plain(plain) : new Unpacked.TooLarge();
    } catch (IOException | RuntimeException broken) {
      // Strangers choose these bytes, and not every decoder keeps to IOException for them.
      return new Unpacked.Broken();
    }
  }

  private InputStream open(byte[] packed) throws IOException {
    InputStream in = new ByteArrayInputStream(packed);
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in);
      case DEFLATE -> isZlib(packed) ? new InflaterInputStream(in) : new RawDeflate(in);
      case BROTLI -> new BrotliInputStream(in);
      case ZSTD -> new ZstdInputStreamNoFinalizer(in).setLongMax(ZSTD_WINDOW_LOG);
    };
  }

  /** The standard wants zlib's frame around "deflate"; some clients leave it out. */
  private static boolean isZlib(byte[] packed) {
    return packed.length >= 2
        && (packed[0] & 0x0f) == 8
        && (((packed[0] & 0xff) << 8) | (packed[1] & 0xff)) % 31 == 0;
  }

  /** Ends the inflater that it is given, which its parent leaves to the garbage collector. */
  private static final class RawDeflate extends InflaterInputStream {
    RawDeflate(InputStream in) {
      super(in, new Inflater(true));
    }

    @Override
    public void close() throws IOException {
      super.close();
      inf.end();
    }
  }
}
