package com.visiquate.ccproxy.tracing;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;

/**
 * Where the time of a request went, as nanoseconds since its arrival at which each phase ended. One
 * begins where the one before ended, so that they are the whole time together.
 *
 * @param asked when Ollama was asked
 * @param queue when it had its slot, waiting inside Ollama included
 */
record Phases(long asked, long queue, long load, long prompt, long output) {
  /**
   * The phases of one that ran. What nobody has measured, such as the way through the network and
   * the client's reading, is the prompt's before the first token and the output's after it.
   */
  static Phases of(ExchangeEnded end, Placement placement) {
    Counts counts = end.counts();
    long total = Math.max(0, end.total().toNanos());
    long asked = Math.clamp(placement.queued().toNanos(), 0, total);
    long queue = Math.clamp(asked + counts.waitNanos(), asked, total);
    long load = Math.clamp(queue + counts.loadNanos(), queue, total);
    return new Phases(asked, queue, load, prompt(end, load, total), total);
  }

  private static long prompt(ExchangeEnded end, long load, long total) {
    Duration first = end.firstToken();
    if (first == null) {
      return total;
    }
    // All of a whole answer comes at its end: only Ollama knows when it began.
    long until = end.streamed() ? first.toNanos() : load + end.counts().promptNanos();
    return Math.clamp(until, load, total);
  }
}
