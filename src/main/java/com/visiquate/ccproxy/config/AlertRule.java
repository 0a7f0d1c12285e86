package com.visiquate.ccproxy.config;

import java.time.Duration;

/**
 * When one alert fires. What a rule does not need is zero.
 *
 * @param on whether it is watched
 * @param bound that must be passed: seconds, bytes, a share or a number; the milder of two
 * @param critical the harder of two bounds
 * @param span for how long it must hold, or what is looked back upon
 * @param times how often it must have happened, or how many requests there must be to judge by
 */
public record AlertRule(boolean on, double bound, double critical, Duration span, int times) {
  /** One that only happens or not. */
  static final AlertRule PLAIN = new AlertRule(true, 0, 0, Duration.ZERO, 0);

  /** Whether it is watched. */
  public AlertRule on(boolean watched) {
    return new AlertRule(watched, bound, critical, span, times);
  }

  /** The same with another bound. */
  public AlertRule above(double other) {
    return new AlertRule(on, other, critical, span, times);
  }

  /** The same with another hard bound. */
  public AlertRule criticalAt(double other) {
    return new AlertRule(on, bound, other, span, times);
  }

  /** The same for another time. */
  public AlertRule over(Duration other) {
    return new AlertRule(on, bound, critical, other, times);
  }

  /** The same for another number. */
  public AlertRule times(int other) {
    return new AlertRule(on, bound, critical, span, other);
  }

  /** A bound that is a time. */
  public Duration boundTime() {
    return Duration.ofMillis(Math.round(bound * 1_000));
  }
}
