package com.visiquate.ccproxy.fleet;

import java.time.Duration;
import java.util.stream.Stream;

/** The bounds of one model's waiting room, for each class. */
public record QueueBounds(Bound interactive, Bound normal, Bound background) {
  /**
   * The bounds of one class.
   *
   * @param length most requests that wait, ≥ 0
   * @param longestWait the longest that one of them waits, &gt; 0
   */
  public record Bound(int length, Duration longestWait) {
    public Bound {
      Expect.that(length >= 0, "length", length, ">= 0");
      Expect.that(longestWait.isPositive(), "wait", longestWait, "> 0s");
    }
  }

  /** Background work may wait for the end of a busy hour. */
  public static final Duration BACKGROUND_WAIT = Duration.ofHours(1);

  private static final Bound USUAL = new Bound(256, Duration.ofSeconds(300));

  public static final QueueBounds DEFAULT =
      new QueueBounds(USUAL, USUAL, new Bound(USUAL.length, BACKGROUND_WAIT));

  /** The same bounds for every class. */
  public QueueBounds(int length, Duration longestWait) {
    this(new Bound(length, longestWait));
  }

  private QueueBounds(Bound each) {
    this(each, each, each);
  }

  public Bound of(Priority priority) {
    return switch (priority) {
      case INTERACTIVE -> interactive;
      case NORMAL -> normal;
      case BACKGROUND -> background;
    };
  }

  /** Whether requests of some class may not wait at all. */
  public boolean refusesToWait() {
    return Stream.of(Priority.values()).anyMatch(priority -> of(priority).length() == 0);
  }
}
