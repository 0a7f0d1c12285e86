package com.visiquate.ccproxy.config;

/**
 * How many answers clients may go on from.
 *
 * @param responses most of them; 0 remembers none
 * @param bytes most that they hold together
 * @param loops most conversations that are looked after for loops; 0 looks for none
 */
public record MemorySettings(int responses, long bytes, int loops) {
  /** A conversation of an agent is some 100 KB: enough for hundreds of them at once. */
  public static final MemorySettings DEFAULT = new MemorySettings(1_000, 64L * 1024 * 1024, 10_000);

  MemorySettings halved() {
    return new MemorySettings(responses, bytes / 2, loops);
  }
}
