package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.fleet.Reading;
import java.time.Duration;

/**
 * When an Ollama that stops lets go of a prompt whose connection was closed: at the end of the
 * batch that it computes when it notices. Not before, at any pace up to {@link #DOUBT} from what is
 * expected: a slot that is free too early makes the next request wait in silence.
 */
final class BatchEnd {
  /** A newer Ollama looks once a second whether its client is still there. */
  static final Duration POLL = Duration.ofMillis(1_100);

  /** So many times faster or slower than expected it may be. */
  static final double DOUBT = 1.25;

  private static final double MOMENT_NANOS = 100e6;

  private final double batch;
  private final boolean atOnce;

  BatchEnd(Reading reading) {
    batch = reading.batch().toNanos();
    atOnce = reading.atOnce();
  }

  /** The longest that it can take from whenever it is: until it is noticed, and a batch. */
  Duration latest() {
    return nanos(DOUBT * batch + POLL.toNanos());
  }

  /** How long it takes at most when the prompt was sent so long ago. */
  Duration after(Duration sent) {
    double spent = sent.toNanos();
    double noticed = spent + POLL.toNanos();
    double done = Math.floor(spent / batch);
    // However fast it is, no other batch has begun when it is noticed.
    boolean certain = atOnce && DOUBT * noticed < (done + 1) * batch;
    Duration end = nanos(DOUBT * (done + 1) * batch - spent + MOMENT_NANOS);
    return certain && end.compareTo(latest()) < 0 ? end : latest();
  }

  private static Duration nanos(double count) {
    return Duration.ofNanos((long) count);
  }
}
