package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.exchange.Limit;
import com.visiquate.ccproxy.fleet.Limits;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * The limits of one run as its backend has them now: those that a reload has changed hold from the
 * next time that one is set.
 */
final class RunLimits {
  private final Standing standing;
  private final Watch watch;
  private final Clock clock;

  /**
   * Without a limit yet.
   *
   * @param alarms lend it the timer until its end
   * @param late hears of each limit that has passed, once
   */
  RunLimits(Standing standing, TimerPool alarms, Clock clock, Consumer<Limit> late) {
    this.standing = standing;
    this.watch = new Watch(alarms, System::nanoTime, late);
    this.clock = clock;
  }

  /** Its client waits for the first token from now on. */
  void begin(Instant deadline) {
    Limits lasting = standing.limits();
    if (lasting.betweenTokens().isPositive()) {
      watch.foresee(lasting.betweenTokens());
    }
    if (lasting.firstToken().isPositive()) {
      watch.set(Limit.FIRST_TOKEN, lasting.firstToken());
    }
    watch.setIfSoon(Limit.TOTAL, Duration.between(clock.instant(), deadline));
  }

  /** Ollama has begun to answer. */
  void answered() {
    watch.clear(Limit.FIRST_TOKEN);
    watchGaps();
  }

  void watchGaps() {
    Duration most = standing.limits().betweenTokens();
    if (most.isPositive()) {
      watch.set(Limit.BETWEEN_TOKENS, most);
    }
  }

  /**
   * Whether that between two tokens has truly passed; else it is set for what is left of it: it is
   * one limit for many tokens, so it looks when the last one came.
   */
  boolean isGapOver(long silentMillis) {
    Duration most = standing.limits().betweenTokens();
    Duration rest = most.minusMillis(silentMillis);
    if (rest.isPositive()) {
      watch.set(Limit.BETWEEN_TOKENS, rest);
      return false;
    }
    return most.isPositive();
  }

  /** Clears all limits; clearing twice is harmless. */
  void clear() {
    watch.clear();
  }

  /** The run is over; ending twice is harmless. */
  void end() {
    watch.end();
  }
}
