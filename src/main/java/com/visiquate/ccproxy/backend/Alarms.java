package com.visiquate.ccproxy.backend;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/**
 * The alarms of the runs of one backend; owns those of runs that are over. Their timers still run,
 * so that the next run seldom needs a new one: there are never more than runs at a time.
 */
final class Alarms {
  private final Supplier<Alarm> maker;
  private final Deque<Alarm> resting = new ArrayDeque<>();

  Alarms(Supplier<Alarm> maker) {
    this.maker = maker;
  }

  /** One that is not set, until it is given back. */
  Alarm lend() {
    Alarm alarm = resting.poll();
    return alarm == null ? maker.get() : alarm;
  }

  void giveBack(Alarm alarm) {
    alarm.rest();
    resting.push(alarm);
  }
}
