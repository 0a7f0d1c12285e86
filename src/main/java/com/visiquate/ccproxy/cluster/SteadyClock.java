package com.visiquate.ccproxy.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The wall clock as it stood at the start, and the time that has passed since: whoever sets the
 * clock of the machine makes nobody's deadline come sooner, and no node silent.
 */
public final class SteadyClock implements InstantSource {
  private final Instant start;
  private final LongSupplier nanos;
  private final long began;

  /** Begins now. */
  public SteadyClock() {
    this(Instant.now(), System::nanoTime);
  }

  SteadyClock(Instant start, LongSupplier nanos) {
    this.start = start;
    this.nanos = nanos;
    began = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - began);
  }
}
