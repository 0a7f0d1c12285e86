package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.fleet.ExchangeId;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;

/** Makes ids that nobody meets twice: 24 letters and digits, 120 random bits. */
public final class ExchangeIds {
  private static final byte[] ALPHABET =
      "abcdefghijklmnopqrstuvwxyz234567".getBytes(StandardCharsets.US_ASCII);
  private static final int HALF = 12;
  private final RandomGenerator random;

  public ExchangeIds(RandomGenerator random) {
    this.random = random;
  }

  public ExchangeId next() {
    byte[] id = new byte[2 * HALF];
    fill(id, 0);
    fill(id, HALF);
    return new ExchangeId(new String(id, StandardCharsets.ISO_8859_1));
  }

  private void fill(byte[] id, int from) {
    long bits = random.nextLong();
    for (int i = from; i < from + HALF; i++) {
      id[i] = ALPHABET[(int) (bits & 31)];
      bits >>>= 5;
    }
  }
}
