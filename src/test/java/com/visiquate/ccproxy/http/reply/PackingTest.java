package com.visiquate.ccproxy.http.reply;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.http.Packed;
import com.visiquate.ccproxy.http.reply.Packing.Unpacked;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PackingTest {
  private static final byte[] ZEROS = new byte[64 << 20];

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw deflate", "br", "zstd"})
  void unpacksWhatWasPacked(String encoding) {
    Random random = new Random(7);
    for (int length : new int[] {1, 2, 1_000, 70_000, 1 << 20}) {
      byte[] plain = new byte[length];
      random.nextBytes(plain);

      assertThat(plain(packing(encoding).unpack(Packed.by(encoding, plain), length)))
          .isEqualTo(plain);
    }
  }

  @Test
  void unpacksBrotliOfGooglesEncoder() {
    assertThat(new String(plain(Packing.BROTLI.unpack(Packed.BROTLI_CHAT, 1_000)), UTF_8))
        .isEqualTo("{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"packed\"}]}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw deflate", "zstd"})
  void stopsABombAtTheLimit(String encoding) {
    byte[] bomb = Packed.by(encoding, ZEROS);

    assertThat(bomb.length).isLessThan(ZEROS.length / 900);
    assertThat(packing(encoding).unpack(bomb, 1_000)).isInstanceOf(Unpacked.TooLarge.class);
    assertThat(packing(encoding).unpack(bomb, ZEROS.length)).isInstanceOf(Unpacked.Plain.class);
  }

  @Test
  void stopsABrotliBombAtTheLimit() {
    assertThat(Packing.BROTLI.unpack(Packed.BROTLI_BOMB, 1_000))
        .isInstanceOf(Unpacked.TooLarge.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw deflate", "br", "zstd"})
  void knowsThatTheEndIsMissing(String encoding) {
    byte[] packed = Packed.by(encoding, "{\"model\":\"m\",\"messages\":[]}".getBytes(UTF_8));
    for (int length = 0; length < packed.length; length++) {
      Unpacked unpacked = packing(encoding).unpack(Arrays.copyOf(packed, length), 1_000);

      assertThat(isNothing(unpacked)).as("%d of %d", length, packed.length).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "br", "zstd"})
  void survivesAnyBytes(String encoding) {
    long seed = 20_261_121;
    Random random = new Random(seed);
    byte[] packed = Packed.by(encoding, "{\"model\":\"m\"}".repeat(50).getBytes(UTF_8));
    for (int i = 0; i < 2_000; i++) {
      byte[] bytes = packed.clone();
      for (int flips = random.nextInt(1, 8); flips > 0; flips--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Unpacked unpacked = packing(encoding).unpack(bytes, 10_000);

      assertThat(unpacked).as("seed %d, turn %d", seed, i).isNotNull();
    }
  }

  @Test
  void allowsZstdNoHugeWindow() {
    // A frame header whose window is 2 GiB, and an empty last block.
    byte[] frame = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) 0xa8, 1, 0, 0};

    assertThat(Packing.ZSTD.unpack(frame, 1_000)).isInstanceOf(Unpacked.Broken.class);
  }

  @ParameterizedTest
  @CsvSource({
    "identity, NONE",
    "GZIP, GZIP",
    "x-gzip, GZIP",
    "' deflate', DEFLATE",
    "br, BROTLI",
    "zstd, ZSTD"
  })
  void knowsItsNames(String name, Packing packing) {
    assertThat(Packing.named(name)).isEqualTo(packing);
  }

  @Test
  void knowsNoOtherNames() {
    assertThat(Packing.named(null)).isEqualTo(Packing.NONE);
    assertThat(Packing.named("gzip, gzip")).isNull();
    assertThat(Packing.named("compress")).isNull();
  }

  private static Packing packing(String encoding) {
    Packing packing = Packing.named(encoding.replace("raw ", ""));
    assertThat(packing).isNotNull();
    return packing == null ? Packing.NONE : packing;
  }

  /** Nothing that could be taken for a request; the end of a zstd stream may be missing so. */
  private static boolean isNothing(Unpacked unpacked) {
    return switch (unpacked) {
      case Unpacked.Broken broken -> true;
      case Unpacked.TooLarge large -> false;
      case Unpacked.Plain plain -> plain.bytes().length == 0;
    };
  }

  private static byte[] plain(Unpacked unpacked) {
    assertThat(unpacked).isInstanceOf(Unpacked.Plain.class);
    return ((Unpacked.Plain) unpacked).bytes();
  }
}
