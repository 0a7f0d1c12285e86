package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.backend.exchange.Limit;
import com.visiquate.ccproxy.bus.RearmableTimer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The limits of one run, all on one timer. It rings for the soonest of them, or for one that is not
 * set any more: looking in vain now and then costs less than a timer for each limit.
 */
final class Watch {
  /** Beyond this a limit is none. */
  private static final Duration LONGEST = Duration.ofDays(1);

  private final TimerPool alarms;
  private final RearmableTimer alarm;
  private final LongSupplier clock;
  private final Consumer<Limit> late;
  private final Map<Limit, Long> due = new EnumMap<>(Limit.class);
  private boolean ended;

  /**
   * Without a limit yet.
   *
   * @param alarms lend it the timer until its end
   * @param clock nanoseconds since any moment, never running backwards
   * @param late hears of each limit that has passed, once
   */
  Watch(TimerPool alarms, LongSupplier clock, Consumer<Limit> late) {
    this.alarms = alarms;
    this.alarm = alarms.lend();
    this.clock = clock;
    this.late = late;
  }

  /** The limit passes after this time, unless it is set anew or cleared before. */
  void set(Limit limit, Duration after) {
    if (!ended) {
      due.put(limit, clock.getAsLong() + after.toNanos());
      arm();
    }
  }

  /** The same for one that is none when it is far away. */
  void setIfSoon(Limit limit, Duration after) {
    if (after.compareTo(LONGEST) < 0) {
      set(limit, after);
    } else {
      clear(limit);
    }
  }

  /** A limit will be set that is so short: the timer need not be set anew for it then. */
  void foresee(Duration after) {
    if (!ended) {
      alarm.set(after, this::ring);
    }
  }

  void clear(Limit limit) {
    due.remove(limit);
  }

  /** Clears all limits, and the timer; clearing twice is harmless. */
  void clear() {
    due.clear();
    if (!ended) {
      alarm.clear();
    }
  }

  /** The run is over, and another one may have the timer; ending twice is harmless. */
  void end() {
    due.clear();
    if (!ended) {
      ended = true;
      alarms.giveBack(alarm);
    }
  }

  private void ring() {
    long now = clock.getAsLong();
    for (Limit limit : List.copyOf(due.keySet())) {
      Long at = due.get(limit);
      if (at != null && at - now <= 0) {
        due.remove(limit);
        late.accept(limit);
      }
    }
    arm();
  }

  private void arm() {
    long now = clock.getAsLong();
    long left = Long.MAX_VALUE;
    for (long one : due.values()) {
      left = Math.min(left, one - now);
    }
    if (!due.isEmpty()) {
      alarm.set(Duration.ofNanos(Math.max(0, left)), this::ring);
    }
  }
}
