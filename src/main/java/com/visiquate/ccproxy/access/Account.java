package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Instant;
import java.util.Optional;

/** What one key has used lately, and uses now. */
final class Account {
  private final String key;
  private final Quota quota;
  private final Bucket requests;
  private final Bucket tokens;
  private int running;

  Account(String key, Quota quota, Instant now) {
    this.key = key;
    this.quota = quota;
    this.requests = new Bucket(quota.requests(), now);
    this.tokens = new Bucket(quota.tokens(), now);
  }

  boolean isBoundBy(Quota other) {
    return quota.equals(other);
  }

  /** Lets one more begin, or says why not. */
  Optional<Failure> enter(Instant now) {
    Optional<Failure> objection = objection(now);
    if (objection.isEmpty()) {
      running++;
      requests.take(1, now);
    }
    return objection;
  }

  /** One that had entered has ended. */
  void exit(long used, Instant now) {
    running--;
    tokens.take((double) used, now);
  }

  /** Whoever still runs counts on when the quota changes. */
  Account boundBy(Quota other, Instant now) {
    Account next = new Account(key, other, now);
    next.running = running;
    return next;
  }

  private Optional<Failure> objection(Instant now) {
    return Limits.objection(
        key, quota, running, () -> requests.until(1, now), () -> tokens.until(1, now));
  }
}
