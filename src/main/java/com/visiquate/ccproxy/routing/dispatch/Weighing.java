package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Decision.Rule;
import com.visiquate.ccproxy.bus.Decision.Terms;
import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.Estimate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was weighed for one start: it says afterwards what spoke for the chosen match, and which was
 * the next best. Owns nothing while nobody wants to know.
 */
final class Weighing {
  private static final Decision UNTOLD = new Decision(Rule.LEAST_COST, null, null);

  private final Chronicle chronicle;
  private final List<Entry> entries = new ArrayList<>();

  /** A match with what its score is made of besides its estimate. */
  private record Entry(Match match, double fairness, double waiting) {
    Weighed weighed() {
      Estimate estimate = match.estimate();
      Terms terms =
          new Terms(
              estimate.untilFree(),
              estimate.others(),
              estimate.work().load(),
              estimate.work().prompt(),
              estimate.loss(),
              estimate.stall(),
              estimate.work().output(),
              fairness,
              waiting);
      return new Weighed(match.exchange().id(), backend(match), terms);
    }

    boolean isOf(Match other) {
      return match.exchange() == other.exchange() && backend(match).equals(backend(other));
    }
  }

  Weighing(Chronicle chronicle) {
    this.chronicle = chronicle;
  }

  /** The next start is weighed. */
  void begin() {
    if (!entries.isEmpty()) {
      entries.clear();
    }
  }

  void note(Match match, double fairness, double waiting) {
    if (chronicle.isHeard()) {
      entries.add(new Entry(match, fairness, waiting));
    }
  }

  /** Why this one starts, of all that were weighed. */
  Decision decision(Match taken) {
    if (entries.isEmpty()) {
      return UNTOLD;
    }
    Entry chosen = null;
    Entry next = null;
    for (Entry entry : entries) {
      if (entry.isOf(taken)) {
        chosen = entry;
      } else if (next == null || entry.match().key() < next.match().key()) {
        next = entry;
      }
    }
    return new Decision(Rule.LEAST_COST, weighed(chosen), weighed(next));
  }

  private static @Nullable Weighed weighed(@Nullable Entry entry) {
    return entry == null ? null : entry.weighed();
  }

  private static BackendId backend(Match match) {
    return match.vacancy().view().id();
  }
}
