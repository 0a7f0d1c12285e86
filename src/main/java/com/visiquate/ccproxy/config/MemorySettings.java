package com.visiquate.ccproxy.config;

/**
 * How many answers clients may go on from.
 *
 * @param responses most of them; 0 remembers none
 * @param bytes most that they hold together
 */
public record MemorySettings(int responses, long bytes) {
  /** A conversation of an agent is some 100 KB: enough for hundreds of them at once. */
  public static final MemorySettings DEFAULT = new MemorySettings(1_000, 64L * 1024 * 1024);
}
