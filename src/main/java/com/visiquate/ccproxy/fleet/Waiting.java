package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * What a waiting client sees.
 *
 * @param commitAfter how long nothing is sent, so that a quick failure keeps its status code
 * @param heartbeat the gap between two signs of life after that, &gt; 0
 */
public record Waiting(Duration commitAfter, Duration heartbeat) {
  /** Clients that give up after 30 s of silence are common. */
  private static final Duration BEARABLE = Duration.ofSeconds(20);

  public static final Waiting DEFAULT = new Waiting(Duration.ofSeconds(10), Duration.ofSeconds(10));

  public Waiting {
    Expect.that(!commitAfter.isNegative(), "commit-after", commitAfter, ">= 0s");
    Expect.that(heartbeat.isPositive(), "heartbeat", heartbeat, "> 0s");
  }

  /** The same with so many times longer gaps, but none that common time-outs do not bear. */
  public Waiting withFewerBeats(int times) {
    Duration rarer = heartbeat.multipliedBy(times);
    Duration most = heartbeat.compareTo(BEARABLE) > 0 ? heartbeat : BEARABLE;
    return new Waiting(commitAfter, rarer.compareTo(most) < 0 ? rarer : most);
  }
}
