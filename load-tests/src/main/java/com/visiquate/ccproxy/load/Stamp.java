package com.visiquate.ccproxy.load;

/**
 * The text of every token of the fake: a tilde, which occurs nowhere else, and the microsecond at
 * which it was written.
 *
 * <p>It survives any translation, so that tokens are counted, and their way through a gateway is
 * timed, whatever frames the gateway puts around them. Both ends read the same monotonic clock of
 * the machine.
 */
final class Stamp {
  static final byte MARK = '~';
  static final int DIGITS = 8;
  private static final long CYCLE = 100_000_000L;

  private Stamp() {}

  static long now() {
    return at(System.nanoTime());
  }

  static long at(long nanos) {
    return Math.floorMod(nanos / 1_000, CYCLE);
  }

  static long age(long stamp, long now) {
    return Math.floorMod(now - stamp, CYCLE);
  }

  /** Writes the digits of a stamp so that they begin at a place of an array. */
  static void write(long stamp, byte[] into, int from) {
    long rest = stamp;
    for (int place = from + DIGITS - 1; place >= from; place--) {
      into[place] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
