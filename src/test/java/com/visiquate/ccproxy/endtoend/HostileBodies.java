package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Requests that nobody should send: proper ones with up to three things broken in each. */
final class HostileBodies {
  /** Put where a value or a part of one stood. */
  private static final List<String> SPLINTERS =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "0.5",
          "1e999",
          "99999999999999999999",
          "\"\"",
          "\" \"",
          "[]",
          "{}",
          "[null]",
          "[[[",
          "}}",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"\\",
          "\"type\":",
          "\"$ref\":\"#\"",
          "\"data:image/png;base64,\"",
          "\u0000",
          "\ufeff",
          ",",
          ":",
          "{\"type\":\"object\",\"$ref\":\"#/a\"}",
          "{\"type\":\"nothing\"}",
          "[".repeat(500),
          "{\"a\":".repeat(300),
          "NaN");

  private static final List<String> ENCODINGS = List.of("gzip", "deflate", "br", "zstd", "x");

  private final List<String> proper;
  private final SplittableRandom random;

  /**
   * @param proper bodies that are understood
   * @param seed makes the same requests again
   */
  HostileBodies(List<String> proper, long seed) {
    this.proper = proper;
    this.random = new SplittableRandom(seed);
  }

  /** The bytes of the next request, its head included. */
  byte[] request(String path) {
    byte[] body = body();
    String encoding =
        random.nextInt(20) == 0
            ? "Content-Encoding: %s\r\n".formatted(ENCODINGS.get(random.nextInt(ENCODINGS.size())))
            : "";
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(path, encoding, body.length);
    return joined(head.getBytes(UTF_8), head.length(), body, 0);
  }

  private byte[] body() {
    byte[] body = proper.get(random.nextInt(proper.size())).getBytes(UTF_8);
    for (int i = random.nextInt(4); i > 0 && body.length > 2; i--) {
      body = broken(body);
    }
    return body;
  }

  private byte[] broken(byte[] body) {
    int at = random.nextInt(body.length);
    int end = Math.min(body.length, at + random.nextInt(1, 30));
    return switch (random.nextInt(6)) {
      case 0 -> Arrays.copyOf(body, at);
      case 1 -> replaced(body, at, new byte[] {(byte) random.nextInt()}, at + 1);
      case 2 -> replaced(body, at, new byte[0], end);
      case 3 -> replaced(body, end, Arrays.copyOfRange(body, at, end), end);
      default -> splintered(body, at);
    };
  }

  /** A value, from behind its colon to the next comma or bracket, gives way to a splinter. */
  private byte[] splintered(byte[] body, int from) {
    int colon = from;
    while (colon < body.length - 1 && body[colon] != ':') {
      colon++;
    }
    int end = colon + 1;
    while (end < body.length && ",}]".indexOf(body[end]) < 0) {
      end++;
    }
    byte[] splinter = SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(UTF_8);
    return replaced(body, colon + 1, splinter, end);
  }

  private static byte[] replaced(byte[] body, int from, byte[] by, int to) {
    byte[] begin = joined(body, from, by, 0);
    return joined(begin, begin.length, body, to);
  }

  private static byte[] joined(byte[] first, int until, byte[] second, int from) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(first, 0, until);
    joined.write(second, from, second.length - from);
    return joined.toByteArray();
  }
}
