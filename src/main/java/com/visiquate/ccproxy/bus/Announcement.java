package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import java.time.Instant;
import java.util.List;

/** What all may hear, whoever they are. */
public sealed interface Announcement extends BusMessage
    permits ExchangeEnded,
        Announcement.StatusChanged,
        Announcement.Replanned,
        Announcement.Draining,
        Announcement.Gathered {
  record StatusChanged(BackendStatus status) implements Announcement {}

  /** The configuration changed; the new plan holds from now on. */
  record Replanned(FleetPlan plan) implements Announcement {}

  /** ccproxy is ending: nothing new is accepted, running work has until {@code until}. */
  record Draining(Instant until) implements Announcement {}

  /**
   * These nodes act as one, the eldest first, which leads; said again and again.
   *
   * @param self this node
   */
  record Gathered(Member self, List<Member> members) implements Announcement {
    public Gathered {
      members = List.copyOf(members);
    }

    public Member leader() {
      return members.getFirst();
    }
  }
}
