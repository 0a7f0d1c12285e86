package com.visiquate.ccproxy.config;

import java.time.Duration;

/**
 * How much is kept of who held which slot when.
 *
 * @param hours after which it is forgotten; 0 keeps nothing
 * @param bytes most that it takes in memory
 */
public record TimelineSettings(int hours, long bytes) {
  /** A day of ten thousand requests an hour. */
  public static final TimelineSettings DEFAULT = new TimelineSettings(24, 50L * 1024 * 1024);

  public boolean isOn() {
    return hours > 0;
  }

  public Duration longest() {
    return Duration.ofHours(hours);
  }
}
