package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.NodeMessage.Telling;

/**
 * Who leads: the eldest of those that this node sees. Two may hold themselves for it, so each leads
 * in a term of its own, and nobody goes back to an older one.
 */
final class Leadership {
  private View view;
  private Term obeyed;

  Leadership(Member self) {
    view = View.alone(self);
    obeyed = new Term(0, self);
  }

  View view() {
    return view;
  }

  void see(View seen) {
    view = seen;
  }

  Member leader() {
    return view.eldest();
  }

  boolean isLeading() {
    return leads() && obeyed.number() > 0 && obeyed.leader().equals(view.self());
  }

  /** Whether it is the eldest, though it may not have begun to lead. */
  boolean leads() {
    return leader().equals(view.self());
  }

  /** The youngest term that this node has obeyed, or its own. */
  Term term() {
    return obeyed;
  }

  /** This node begins to lead, in a term that is younger than all that it knows of. */
  Term begin(Term known) {
    Term youngest = known.compareTo(obeyed) > 0 ? known : obeyed;
    obeyed = new Term(youngest.number() + 1, view.self());
    return obeyed;
  }

  /** Whether the leader's parcel counts: of the eldest, and of no older term. */
  boolean obeys(Parcel parcel) {
    return parcel.from().equals(leader())
        && parcel.term().leader().equals(leader())
        && parcel.term().compareTo(obeyed) >= 0;
  }

  /** Whether a member that follows this node has obeyed a younger term, and hears of no older. */
  boolean isBehind(Parcel parcel) {
    return parcel.content() instanceof Telling telling
        && telling.follows().equals(view.self())
        && view.has(parcel.from())
        && parcel.term().compareTo(obeyed) > 0;
  }

  /** Notes the term of a parcel that counts; whether it is a new one. */
  boolean enter(Parcel parcel) {
    boolean younger = parcel.term().compareTo(obeyed) > 0;
    if (younger) {
      obeyed = parcel.term();
    }
    return younger;
  }
}
