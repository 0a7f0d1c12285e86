package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.START;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A clock that stands until it is moved, and rings on its way. */
final class FakeTimer implements PendingStarts.Timer {
  private Instant now = START;
  private Instant at = Instant.MAX;
  private @Nullable Runnable ring;

  @Override
  public Instant now() {
    return now;
  }

  @Override
  public void set(Instant when, Runnable then) {
    at = when;
    ring = then;
  }

  @Override
  public void cancel() {
    ring = null;
  }

  void pass(Duration time) {
    Instant until = now.plus(time);
    while (ring != null && !at.isAfter(until)) {
      now = at;
      Runnable due = ring;
      ring = null;
      due.run();
    }
    now = until;
  }
}
