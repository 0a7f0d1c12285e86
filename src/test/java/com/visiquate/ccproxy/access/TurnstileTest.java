package com.visiquate.ccproxy.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Quota;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TurnstileTest {
  private final Turnstile turnstile = new Turnstile();
  private Instant now = Instant.EPOCH;
  private int last;

  @Test
  void letsWhoeverIsNotLimitedThrough() {
    follow(Quota.UNLIMITED);

    for (int i = 0; i < 1_000; i++) {
      assertThat(enter()).isEmpty();
    }
    assertThat(turnstile.enter(new ExchangeId("x"), "nobody", now)).isEmpty();
  }

  @Test
  void letsAMinutesRequestsThroughAndThenOneAtATime() {
    follow(new Quota(60, 0, 0));
    for (int i = 0; i < 60; i++) {
      assertThat(enter()).isEmpty();
    }

    assertThat(enter())
        .hasValueSatisfying(
            failure -> {
              assertThat(failure.kind()).isEqualTo(Failure.Kind.RATE_LIMITED);
              assertThat(failure.message()).contains("the key k may use 60 requests a minute");
              assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(1));
            });
    now = now.plusSeconds(1);
    assertThat(enter()).isEmpty();
    assertThat(enter()).isPresent();
  }

  @Test
  void bindsRequestsAtOnceUntilOneEnds() {
    follow(new Quota(0, 0, 2));
    assertThat(enter()).isEmpty();
    ExchangeId second = new ExchangeId("second");
    assertThat(turnstile.enter(second, "k", now)).isEmpty();
    assertThat(enter()).isPresent();

    turnstile.exit(second, 0, now);
    turnstile.exit(second, 0, now);
    assertThat(enter()).isEmpty();
    assertThat(enter()).isPresent();
  }

  @Test
  void letsOnlyAsManyTokensBeUsedAsAreAllowed() {
    follow(new Quota(0, 6_000, 0));
    ExchangeId costly = new ExchangeId("costly");
    assertThat(turnstile.enter(costly, "k", now)).isEmpty();
    turnstile.exit(costly, 12_000, now);

    assertThat(enter())
        .hasValueSatisfying(
            failure ->
                assertThat(failure.retryAfter())
                    .isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61)));
    now = now.plusSeconds(61);
    assertThat(enter()).isEmpty();
  }

  @Test
  void doesNotCountWhoWasBarred() {
    follow(new Quota(0, 0, 1));
    assertThat(enter()).isEmpty();
    ExchangeId barred = new ExchangeId("barred");
    assertThat(turnstile.enter(barred, "k", now)).isPresent();
    turnstile.exit(barred, 0, now);

    assertThat(enter()).isPresent();
  }

  @Test
  void keepsWhatHasBeenUsedAtAReload() {
    follow(new Quota(0, 0, 1));
    assertThat(enter()).isEmpty();
    follow(new Quota(0, 0, 1));
    assertThat(enter()).isPresent();

    follow(new Quota(0, 0, 2));
    assertThat(enter()).isEmpty();
    assertThat(enter()).isPresent();
  }

  private void follow(Quota quota) {
    AccessKey key = new AccessKey("k", "0".repeat(64), List.of(), quota, null);
    turnstile.follow(List.of(key), now);
  }

  private Optional<Failure> enter() {
    return turnstile.enter(new ExchangeId("e" + last++), "k", now);
  }
}
