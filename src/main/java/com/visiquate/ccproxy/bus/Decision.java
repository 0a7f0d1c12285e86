package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import org.jspecify.annotations.Nullable;

/**
 * Why a request got a slot as it did.
 *
 * @param chosen what spoke for it there; null where nothing was weighed
 * @param next the best of those that were weighed and not chosen: another request, or another
 *     backend for the same one; null when there was none
 */
public record Decision(Rule rule, @Nullable Weighed chosen, @Nullable Weighed next) {
  /** The oldest of the highest class was next, and the strategy chose its backend. */
  public static final Decision BY_ARRIVAL = new Decision(Rule.ARRIVAL, null, null);

  /** It got what ran for the same request of a client that had left. */
  public static final Decision TAKEN_OVER = new Decision(Rule.TAKE_OVER, null, null);

  /** It is a shared prefix that is computed before anybody asks. */
  public static final Decision IN_ADVANCE = new Decision(Rule.PREFIX, null, null);

  /** By what it was decided. */
  public enum Rule {
    LEAST_COST,
    ARRIVAL,
    TAKE_OVER,
    PREFIX
  }

  /** A request with a slot that it could have. */
  public record Weighed(ExchangeId exchange, BackendId backend, Terms terms) {}

  /**
   * The terms of one score, in nanoseconds; see docs/scheduling.md for each. The least sum is the
   * best.
   *
   * @param fairness what its client was served lately counts against it
   * @param waiting patience × waited counts for it; not negative
   */
  public record Terms(
      long untilFree,
      long others,
      long load,
      long prompt,
      long loss,
      long stall,
      long output,
      double fairness,
      double waiting) {
    /** E: until the slot is free again, and what that costs others. */
    public long service() {
      return untilFree + others + load + prompt + loss + stall + output;
    }

    /** S: by which requests for one slot are compared. */
    public double sum() {
      return service() + fairness - waiting;
    }
  }
}
