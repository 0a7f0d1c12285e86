package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.http.reply.RetryAfter;
import java.util.random.RandomGenerator;

/** For tests of other rooms: when a refused client is told to come back. */
public final class Advice {
  private Advice() {}

  /** Seconds, as in {@code Retry-After}. */
  public static long retryAfter(Failure failure, RandomGenerator random) {
    return RetryAfter.of(failure.retryAfter(), random).seconds();
  }
}
