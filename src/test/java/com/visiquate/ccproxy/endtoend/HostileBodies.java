package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Makes bodies that nobody should send out of bodies that everybody may. */
final class HostileBodies {
  /** Put where a value or a part of one stood. */
  private static final List<String> SPLINTERS =
      List.of(
          "null",
          "true",
          "-1",
          "0",
          "1e999",
          "99999999999999999999",
          "\"\"",
          "[]",
          "{}",
          "[1,2,3]",
          "[[1],[2]]",
          "[null]",
          "[\"a\",1]",
          "[[[",
          "}}",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"n\":",
          "\u0000",
          "\ufeff",
          ",",
          ":",
          "[".repeat(500),
          "{\"a\":".repeat(300),
          "[" + "\"a\",".repeat(3_000) + "\"a\"]",
          "NaN");

  private final List<String> valid;
  private final SplittableRandom random;

  HostileBodies(List<String> valid, long seed) {
    this.valid = valid;
    this.random = new SplittableRandom(seed);
  }

  byte[] next() {
    byte[] body = valid.get(random.nextInt(valid.size())).getBytes(UTF_8);
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
      case 1 -> joined(body, at, new byte[] {(byte) random.nextInt()}, at + 1);
      case 2 -> joined(body, at, new byte[0], end);
      case 3 -> joined(body, end, Arrays.copyOfRange(body, at, end), end);
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
    return joined(body, Math.min(colon + 1, body.length), splinter, end);
  }

  private static byte[] joined(byte[] body, int before, byte[] middle, int after) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(body, 0, before);
    joined.writeBytes(middle);
    joined.write(body, Math.min(after, body.length), Math.max(0, body.length - after));
    return joined.toByteArray();
  }
}
