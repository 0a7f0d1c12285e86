package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.bus.RearmableTimer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The alarms of the runs of one backend; owns those of runs that are over. Their timers still run,
 * so that the next run seldom needs a new one: there are never more than runs at a time.
 */
final class TimerPool {
  private final Supplier<RearmableTimer> maker;
  private final Deque<RearmableTimer> resting = new ArrayDeque<>();

  TimerPool(Supplier<RearmableTimer> maker) {
    this.maker = maker;
  }

  /** One that is not set, until it is given back. */
  RearmableTimer lend() {
    RearmableTimer alarm = resting.poll();
    return alarm == null ? maker.get() : alarm;
  }

  void giveBack(RearmableTimer alarm) {
    alarm.rest();
    resting.push(alarm);
  }
}
