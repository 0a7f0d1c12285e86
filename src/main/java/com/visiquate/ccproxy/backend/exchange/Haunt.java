package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.fleet.Reading;
import java.time.Duration;

/**
 * The prompt of a client that has left, as far as its time goes.
 *
 * @param reading what is expected of it
 * @param spent since it was sent
 */
public record Haunt(Reading reading, Duration spent) {
  /** For how long it may still take until it is stuck, and at most so long. */
  public Duration left(Duration most) {
    Duration left = reading.longest().isZero() ? most : reading.longest().minus(spent);
    left = left.isNegative() ? Duration.ZERO : left;
    return left.compareTo(most) < 0 ? left : most;
  }

  /** Why its backend is not trusted any more when it is over. */
  public String reason() {
    return "a prompt was not done after %d s".formatted(spent.toSeconds());
  }
}
