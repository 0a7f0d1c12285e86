package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.NodeMessage.Telling;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When each member was heard last, and which of its tellings was the last one. */
final class Attendance {
  /** After so long its runs are stopped, and its answers are given up. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  /** Nothing of it is on its way any more. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(5);

  /** One that has slept has not had the time to hear anybody, and takes it. */
  private static final Duration SLEPT = ClusterNode.BEAT.multipliedBy(2);

  private final Map<Member, Heard> heard = new HashMap<>();
  private List<Member> seen = List.of();
  private Instant ticked = Instant.MIN;

  private static final class Heard {
    private Instant last;
    private long told;

    Heard(Instant now) {
      last = now;
    }
  }

  /** These are there, and may not have said anything yet. */
  void joined(View view, Instant now) {
    seen = view.members();
    view.members().forEach(member -> heard.computeIfAbsent(member, one -> new Heard(now)));
  }

  /** Whether the parcel is to be looked at: a telling that was overtaken is not. */
  boolean admits(Parcel parcel, Instant now) {
    Heard known = heard.computeIfAbsent(parcel.from(), one -> new Heard(now));
    known.last = now;
    if (!(parcel.content() instanceof Telling)) {
      return true;
    }
    boolean overtaken = parcel.stamp() <= known.told;
    known.told = Math.max(known.told, parcel.stamp());
    return !overtaken;
  }

  /** Whether nothing was heard of it for too long. */
  boolean isLost(Member member, Instant now) {
    Heard known = heard.get(member);
    return known == null || !now.isBefore(known.last.plus(SILENCE));
  }

  /** Time has passed. */
  void tick(Instant now) {
    if (ticked.plus(SLEPT).isBefore(now)) {
      Instant least = now.minus(SILENCE).plus(SLEPT);
      heard.values().stream()
          .filter(known -> known.last.isBefore(least))
          .forEach(known -> known.last = least);
    }
    ticked = now;
    heard.values().removeIf(known -> !now.isBefore(known.last.plus(FORGOTTEN)));
  }

  /** Those that are there, heard or not. */
  List<Member> seen() {
    return seen;
  }

  /** Those that are there and can be heard, and the node itself. */
  View heard(Member self, Instant now) {
    return new View(
        self, seen.stream().filter(one -> one.equals(self) || !isLost(one, now)).toList());
  }
}
