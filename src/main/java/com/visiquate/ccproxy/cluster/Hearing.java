package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Membership.Member;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * When each of the others was heard last. Everybody says something every second; whoever is there
 * and is not heard may have forgotten, after a blip of the network, that this node listens.
 */
final class Hearing {
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  /** One that has just joined may not be ready to speak. */
  private static final Duration START = Duration.ofSeconds(10);

  private final Member self;
  private final Map<Member, Instant> heard = new HashMap<>();
  private Instant again = Instant.MIN;

  Hearing(Member self) {
    this.self = self;
  }

  /** These are there. */
  void seen(List<Member> members, Instant now) {
    heard.keySet().retainAll(members);
    members.stream()
        .filter(one -> !one.equals(self) && one.protocol() == self.protocol())
        .forEach(one -> heard.putIfAbsent(one, now));
  }

  void heard(Member member, Instant now) {
    heard.replace(member, now);
  }

  /** Those that have not been heard for so long that something is wrong. */
  List<Member> silent(Instant now) {
    return silent(START, now);
  }

  private List<Member> silent(Duration patience, Instant now) {
    return heard.entrySet().stream()
        .filter(one -> !now.isBefore(one.getValue().plus(patience)))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Whether this node has to listen anew, which it does not all the time. */
  boolean isDue(Instant now) {
    boolean due = !silent(PATIENCE, now).isEmpty() && !now.isBefore(again);
    if (due) {
      again = now.plus(PATIENCE);
    }
    return due;
  }
}
