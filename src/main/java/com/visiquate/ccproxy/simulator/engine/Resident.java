package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.request.Ask;
import com.visiquate.ccproxy.simulator.request.Claim;
import java.time.Duration;

/** A loaded model: its load options, its slots, and for how long it stays when idle. */
public final class Resident {
  /** Never expires by itself. */
  static final long FOREVER = Long.MAX_VALUE;

  private final SimulatedModel model;
  private final Ask.LoadOptions options;
  private final int contextLength;
  private final SlotPool slots;
  private Duration keepAlive;
  private int users;
  private long idleSince;

  Resident(Claim claim, SlotPool slots, Duration keepAlive, long now) {
    this.model = claim.model();
    this.options = claim.options();
    this.contextLength = claim.contextLength();
    this.slots = slots;
    this.keepAlive = keepAlive;
    this.idleSince = now;
  }

  public SimulatedModel model() {
    return model;
  }

  public int contextLength() {
    return contextLength;
  }

  SlotPool slots() {
    return slots;
  }

  Duration keepAlive() {
    return keepAlive;
  }

  boolean idle() {
    return users == 0;
  }

  boolean fits(Claim claim) {
    return options.equals(claim.options()) && contextLength == claim.contextLength();
  }

  void attach(Claim claim) {
    users++;
    claim.keepAlive().ifPresent(this::keep);
  }

  void keep(Duration time) {
    keepAlive = time;
  }

  void release(long now) {
    users--;
    idleSince = now;
  }

  /** In the caller's nanoseconds; counted from now while it is in use. */
  public long expiresAt(long now) {
    long from = idle() ? idleSince : now;
    return keepAlive.isNegative() ? FOREVER : from + keepAlive.toNanos();
  }

  boolean expired(long now) {
    return idle() && expiresAt(now) <= now;
  }
}
