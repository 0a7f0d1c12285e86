package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.AccessMessage.Owed;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What one key has used lately on all nodes, as far as they have told. */
final class CommonAccount {
  private final String key;
  private Quota quota;
  private final Debt requests = new Debt();
  private final Debt tokens = new Debt();

  CommonAccount(String key, Quota quota) {
    this.key = key;
    this.quota = quota;
  }

  boolean isBoundBy(Quota other) {
    return quota.equals(other);
  }

  /** What has been used counts on. */
  void boundBy(Quota other) {
    quota = other;
  }

  void spend(Instant at, long begun, long used) {
    if (quota.requests() > 0 && begun > 0) {
      requests.spend(at, (double) begun);
    }
    if (quota.tokens() > 0 && used > 0) {
      tokens.spend(at, (double) used);
    }
  }

  void atLeast(Instant at, Owed owed) {
    requests.atLeast(at, owed.requests());
    tokens.atLeast(at, owed.tokens());
  }

  /**
   * Why no other request may begin.
   *
   * @param running on all nodes
   * @param granted of these, whose nodes have not yet said that they have begun
   */
  Optional<Failure> objection(int running, int granted, Instant now) {
    return Limits.objection(
        key,
        quota,
        running,
        () -> requests.until(1.0 + granted, quota.requests(), now),
        () -> tokens.until(1, quota.tokens(), now));
  }

  /** Empty when nothing is missing. */
  Optional<Owed> owed(int granted, Instant now) {
    double begun = quota.requests() == 0 ? 0 : requests.missing(quota.requests(), now) + granted;
    double used = quota.tokens() == 0 ? 0 : tokens.missing(quota.tokens(), now);
    return begun > 0 || used > 0
        ? Optional.of(new Owed(key, Duration.ZERO, begun, used))
        : Optional.empty();
  }
}
