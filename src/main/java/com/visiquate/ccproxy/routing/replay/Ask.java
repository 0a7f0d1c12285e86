package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One past request, and what comes because of it: the next turns of its conversation. */
final class Ask {
  private final PastRun run;
  private final @Nullable Ask before;
  private final List<Ask> next = new ArrayList<>(1);

  Ask(PastRun run, @Nullable Ask before) {
    this.run = run;
    this.before = before;
    if (before != null) {
      before.next.add(this);
    }
  }

  PastRun run() {
    return run;
  }

  /** The turn that it continues; null when it begins, or nothing is known of that one. */
  @Nullable Ask before() {
    return before;
  }

  /** The turns that continue it, mostly one or none. */
  List<Ask> next() {
    return next;
  }

  /** Seconds for which its client was busy with a tool before it asked. */
  double pause() {
    return before == null ? 0 : (run.born() - before.run.ended()) / 1e3;
  }
}
