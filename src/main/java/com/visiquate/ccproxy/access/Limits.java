package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What a quota means, and in which words more than that is refused. */
final class Limits {
  private static final Duration SOON = Duration.ofSeconds(2);

  private Limits() {}

  /**
   * Why no other request of a key may begin.
   *
   * @param running how many run
   * @param request how long until there is one more; asked only where that is limited
   * @param token the same
   */
  static Optional<Failure> objection(
      String key, Quota quota, int running, Supplier<Duration> request, Supplier<Duration> token) {
    if (quota.concurrency() > 0 && running >= quota.concurrency()) {
      return exceeded(key, "%d requests at once".formatted(quota.concurrency()), SOON);
    }
    Duration untilRequest = quota.requests() == 0 ? Duration.ZERO : request.get();
    if (untilRequest.isPositive()) {
      return exceeded(key, "%d requests a minute".formatted(quota.requests()), untilRequest);
    }
    Duration untilToken = quota.tokens() == 0 ? Duration.ZERO : token.get();
    return untilToken.isPositive()
        ? exceeded(key, "%d tokens a minute".formatted(quota.tokens()), untilToken)
        : Optional.empty();
  }

  private static Optional<Failure> exceeded(String key, String limit, Duration wait) {
    String message = "Rate limit exceeded: the key %s may use %s. Please retry later.";
    return Optional.of(
        Failure.of(Failure.Kind.RATE_LIMITED, message.formatted(key, limit)).retryingAfter(wait));
  }
}
