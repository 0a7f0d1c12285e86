package com.visiquate.ccproxy.fleet;

import java.time.Duration;

/**
 * What a waiting client sees.
 *
 * @param commitAfter how long nothing is sent, so that a quick failure keeps its status code
 * @param heartbeat the gap between two signs of life after that, &gt; 0
 */
public record Waiting(Duration commitAfter, Duration heartbeat) {
  public static final Waiting DEFAULT = new Waiting(Duration.ofSeconds(10), Duration.ofSeconds(10));

  public Waiting {
    Expect.that(!commitAfter.isNegative(), "commit-after", commitAfter, ">= 0s");
    Expect.that(heartbeat.isPositive(), "heartbeat", heartbeat, "> 0s");
  }

  /** The same with so many times longer gaps. */
  public Waiting withFewerBeats(int times) {
    return new Waiting(commitAfter, heartbeat.multipliedBy(times));
  }
}
