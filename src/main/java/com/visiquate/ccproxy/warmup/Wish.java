package com.visiquate.ccproxy.warmup;

import com.visiquate.ccproxy.fleet.KeepAlive;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One model that one backend should have loaded; owns when it was and will be asked for. */
final class Wish {
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(5);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

  private final ModelSpec model;
  private int attempts;
  private Instant notBefore = Instant.MIN;
  private @Nullable Instant loadedAt;

  Wish(ModelSpec model) {
    this.model = model;
  }

  ModelSpec model() {
    return model;
  }

  /** Whether to ask now: it is not there, nobody knows with what window, or it soon expires. */
  boolean isDue(boolean resident, Instant now) {
    return !now.isBefore(notBefore) && (!resident || expiresSoon(now));
  }

  /** Whether it was loaded as configured, so that asking again costs nothing. */
  boolean isConfirmed() {
    return loadedAt != null;
  }

  /** Loaded; should it vanish soon after, then asking again waits longer each time. */
  void loaded(Instant now) {
    boolean stayed = loadedAt != null && loadedAt.plus(LONGEST_PAUSE).isBefore(now);
    attempts = stayed ? 0 : attempts;
    loadedAt = now;
    pause(now);
  }

  /** Not loaded; returns how long it waits. */
  Duration failed(Instant now) {
    loadedAt = null;
    return pause(now);
  }

  /** There was no room; nothing has failed. */
  void postponed(Instant now) {
    notBefore = now.plus(FIRST_PAUSE);
  }

  /** The backend is another one than before: whatever was loaded is not. */
  void renew() {
    boolean failing = attempts > 0 && loadedAt == null;
    if (!failing) {
      attempts = 0;
      notBefore = Instant.MIN;
    }
    loadedAt = null;
  }

  private Duration pause(Instant now) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(attempts, 6));
    attempts++;
    Duration bounded = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    notBefore = now.plus(bounded);
    return bounded;
  }

  /** A fifth of its time is left. */
  private boolean expiresSoon(Instant now) {
    if (loadedAt == null) {
      return true;
    }
    Instant since = loadedAt;
    return KeepAlive.of(model.keepAlive())
        .map(time -> since.plus(time.multipliedBy(4).dividedBy(5)).isBefore(now))
        .orElse(false);
  }
}
