package com.visiquate.ccproxy.routing.backends;

import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.cache.Lease;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One taken slot: by whom, since when, and how much work is expected to be left. */
public final class TakenSlot {
  /** What takes so many times longer than expected, and more than this besides, is stuck. */
  private static final int STUCK = 4;

  private static final Duration SLACK = Duration.ofSeconds(60);

  private final OpenExchange exchange;
  private final Estimate estimate;
  private final Lease lease;
  private final Instant since;
  private @Nullable Instant firstToken;
  private boolean ghost;
  private boolean takenOver;
  private @Nullable Instant takenOverUntil;
  private @Nullable Host machine;
  private long begun;
  private long beside;
  private int number;

  public TakenSlot(OpenExchange exchange, Estimate estimate, Lease lease, Instant since) {
    this.exchange = exchange;
    this.estimate = estimate;
    this.lease = lease;
    this.since = since;
  }

  public OpenExchange exchange() {
    return exchange;
  }

  public ModelName model() {
    return exchange.model();
  }

  /** What was expected when it started. */
  public Estimate estimate() {
    return estimate;
  }

  public Lease lease() {
    return lease;
  }

  public Instant since() {
    return since;
  }

  /** Tells it from the others that are taken on its backend; the least that is free. */
  public int number() {
    return number;
  }

  void numbered(int free) {
    number = free;
  }

  public boolean isGhost() {
    return ghost;
  }

  /** Whether its prompt is done. */
  public boolean hasSpoken() {
    return firstToken != null;
  }

  /** When its prompt was done; null while it is not. */
  public @Nullable Instant spokeAt() {
    return firstToken;
  }

  /** It runs from now on. */
  void beginsOn(Host host) {
    machine = host;
    begun = host.begin(estimate.work().prompt());
  }

  public void spoke(Instant now) {
    firstToken = now;
    long later = machine == null ? 0 : machine.begun() - begun;
    beside = estimate.others() + later;
  }

  /**
   * Nanoseconds of other prompts on its machine that may have been computed during its own, as far
   * as they were expected.
   */
  public long beside() {
    return beside;
  }

  /**
   * Nobody wants the answer any more, but it goes on.
   *
   * @param late whether it was given up because it did not begin in time: then it may hang, and a
   *     resend is better off elsewhere
   */
  public void becomeGhost(boolean late) {
    ghost = true;
    Duration longest = Duration.ofNanos(STUCK * estimate.firstToken()).plus(SLACK);
    takenOverUntil = late ? null : since.plus(longest);
  }

  /** Whether it may go on for a resend: not when it is stuck. */
  public boolean mayBeTakenOver(Instant now) {
    Instant until = takenOverUntil;
    return ghost && until != null && (firstToken != null || now.isBefore(until));
  }

  /** The same work, for the same request of a client that has come back. */
  public TakenSlot takenOverBy(OpenExchange successor) {
    TakenSlot taken = new TakenSlot(successor, estimate, lease, since);
    taken.firstToken = firstToken;
    taken.machine = machine;
    taken.begun = begun;
    taken.beside = beside;
    taken.takenOver = true;
    taken.number = number;
    return taken;
  }

  /** Whether something ran here before this one had it. */
  public boolean isTakenOver() {
    return takenOver;
  }

  /** Nanoseconds until the slot is expected to be free. */
  public long remaining(Instant now) {
    if (!ghost && exchange.isLeaving() && firstToken == null) {
      return Math.min(untilFirstToken(now), estimate.batch());
    }
    if (firstToken != null) {
      return left(estimate.work().output(), firstToken, now);
    }
    return untilFirstToken(now) + (ghost ? 0 : estimate.work().output());
  }

  /** Nanoseconds until its prompt is expected to be done. */
  public long untilFirstToken(Instant now) {
    return firstToken != null ? 0 : left(estimate.firstToken(), since, now);
  }

  /** How much of its prompt is computed, 0 to 1, as far as is known: batches are whole. */
  public double promptDone(Instant now) {
    long all = estimate.work().prompt();
    if (firstToken != null || all == 0) {
      return 1;
    }
    long done = all - prompt(now);
    long whole = estimate.batch() == 0 ? done : done - done % estimate.batch();
    return (double) whole / all;
  }

  /** Nanoseconds of its own prompt that are not computed yet, as far as is known. */
  public long prompt(Instant now) {
    return Math.min(estimate.work().prompt(), untilFirstToken(now));
  }

  /** The same, and what is left of its load. */
  public long loadAndPrompt(Instant now) {
    return Math.min(estimate.work().untilFirstToken(), untilFirstToken(now));
  }

  /** What has taken longer than expected is expected to take a tenth longer still. */
  private static long left(long expected, Instant from, Instant now) {
    long spent = Math.max(0, Duration.between(from, now).toNanos());
    return Math.max(expected - spent, Math.min(expected, spent) / 10);
  }
}
