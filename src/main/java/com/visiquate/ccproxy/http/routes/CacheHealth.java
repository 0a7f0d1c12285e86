package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.CacheMessage.CacheStatus;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.time.Instant;
import java.util.Optional;

/** What {@code /health} says of the cache: without it requests are answered all the same. */
final class CacheHealth {
  private CacheHealth() {}

  /** What an operator should look at; empty when all is well. */
  static Optional<String> reason(CacheStatus status) {
    return Optional.ofNullable(status.away())
        .map(since -> "the Redis of the cache does not answer since " + since);
  }

  static void tell(CacheStatus status, ByteSink out) {
    Instant away = status.away();
    out.raw(",\"cache\":{\"entries\":").number(status.entries());
    out.raw(",\"bytes\":").number(status.bytes());
    if (status.remote()) {
      out.raw(",\"redis\":").json(away == null ? "connected" : "away");
    }
    out.raw("}");
  }
}
