package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.NodeMessage.Telling;
import com.visiquate.ccproxy.fleet.NodeId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** When each member was heard last, and which of its tellings was the last one. */
final class Attendance {
  /** After so long its runs are stopped, and its answers are given up. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  private final Map<NodeId, Heard> heard = new HashMap<>();

  private static final class Heard {
    private final long life;
    private Instant last;
    private long told;

    Heard(long life, Instant now) {
      this.life = life;
      last = now;
    }
  }

  /** Somebody is there who may not have said anything yet. */
  void joined(Member member, Instant now) {
    Heard known = heard.get(member.node());
    if (known == null || known.life < member.life()) {
      heard.put(member.node(), new Heard(member.life(), now));
    }
  }

  /** Whether the parcel is to be looked at: neither of a former life, nor an overtaken telling. */
  boolean admits(Parcel parcel, Instant now) {
    joined(parcel.from(), now);
    Heard known = heard.get(parcel.from().node());
    if (known == null || known.life != parcel.from().life()) {
      return false;
    }
    if (now.isAfter(known.last)) {
      known.last = now;
    }
    if (parcel.content() instanceof Telling) {
      boolean overtaken = parcel.stamp() <= known.told;
      known.told = Math.max(known.told, parcel.stamp());
      return !overtaken;
    }
    return true;
  }

  /** Whether nothing was heard of it for too long, or it has started anew. */
  boolean isLost(Member member, Instant now) {
    Heard known = heard.get(member.node());
    return known == null || known.life != member.life() || !now.isBefore(known.last.plus(SILENCE));
  }
}
