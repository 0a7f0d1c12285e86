package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.NodeId;
import java.util.Comparator;

/** By what nodes know each other, whoever leads them, and each run. */
public final class Membership {
  private Membership() {}

  /**
   * One node from its start to its end; after a restart it is another one.
   *
   * @param life unlike that of any other start of this node
   * @param protocol only those of one number understand each other
   */
  public record Member(NodeId node, long life, int protocol) implements Comparable<Member> {
    private static final Comparator<Member> BY_NAME =
        Comparator.comparing(Member::node).thenComparingLong(Member::life);

    @Override
    public int compareTo(Member other) {
      return BY_NAME.compare(this, other);
    }

    @Override
    public String toString() {
      return node + "/" + life;
    }
  }

  /** The time in which one member makes the order; what is said in an older one is not obeyed. */
  public record Term(long number, Member leader) implements Comparable<Term> {
    private static final Comparator<Term> BY_AGE =
        Comparator.comparingLong(Term::number).thenComparing(Term::leader);

    @Override
    public int compareTo(Term other) {
      return BY_AGE.compare(this, other);
    }
  }

  /** Tells one order of a leader from all others, and so one run from all others. */
  public record Ticket(Term term, long number) {
    /** Whether the same leader has ordered it after the other one. */
    public boolean isAfter(Ticket other) {
      return term.equals(other.term) && number > other.number;
    }
  }

  /**
   * Where a request comes from.
   *
   * @param home holds its client
   * @param stamp of the parcel in which its home asked for it
   */
  public record Origin(Member home, long stamp, ClientId client) {}
}
