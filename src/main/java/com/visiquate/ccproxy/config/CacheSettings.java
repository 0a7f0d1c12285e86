package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.CachePolicy;
import java.time.Duration;

/**
 * Whether and where answers are kept for those who ask the same again.
 *
 * @param policy which requests have to do with it
 * @param ttl how long an answer is used; zero keeps none
 * @param size most bytes of all answers in the memory of this process
 * @param redis address of a Redis that gateways share, with user and password; empty for none
 */
public record CacheSettings(CachePolicy policy, Duration ttl, long size, String redis) {
  /** Requests that are certain to be answered alike share a run; nothing is kept. */
  public static final CacheSettings DEFAULT =
      new CacheSettings(CachePolicy.DEFAULT, Duration.ZERO, 256L << 20, "");

  public boolean isOn() {
    return policy.isAny();
  }

  /** Where the Redis is, without what is secret. */
  public String shown() {
    return redis.replaceAll("//[^/@]*@", "//");
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "CacheSettings[%s, %s, %s, %s]".formatted(policy, ttl, size, shown());
  }
}
