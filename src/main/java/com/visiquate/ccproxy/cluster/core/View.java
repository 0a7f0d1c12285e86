package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import java.util.List;

/**
 * The members that a node believes to be there, the eldest first. Itself is always one of them, and
 * only those of its own protocol number are.
 */
public record View(Member self, List<Member> members) {
  public View {
    List<Member> alike = members.stream().filter(one -> one.protocol() == self.protocol()).toList();
    members = alike.contains(self) ? alike : List.of(self);
  }

  /** A node that knows of no other. */
  public static View alone(Member self) {
    return new View(self, List.of(self));
  }

  /** Who makes the order, as far as this node can tell. */
  public Member eldest() {
    return members.getFirst();
  }

  public boolean has(Member member) {
    return members.contains(member);
  }
}
