package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.NodeMessage.Content;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a node sends and does in one step; numbers its parcels, and keeps those to itself. */
final class Post {
  private final Member self;
  private final Deque<Parcel> own = new ArrayDeque<>();
  private List<NodeEffect> effects = new ArrayList<>();
  private Term term;
  private long stamp;

  Post(Member self, Term term) {
    this.self = self;
    this.term = term;
  }

  /** From now on parcels are of this term. */
  void of(Term younger) {
    term = younger;
  }

  /** The number of the last parcel. */
  long stamp() {
    return stamp;
  }

  void send(Member to, Content content) {
    Parcel parcel = new Parcel(self, ++stamp, term, content);
    if (to.equals(self)) {
      own.add(parcel);
    } else {
      effects.add(new NodeEffect.Send(to, parcel));
    }
  }

  void add(NodeEffect effect) {
    effects.add(effect);
  }

  /** The next that this node has sent to itself; null when there is none. */
  @Nullable Parcel own() {
    return own.poll();
  }

  /** What is to be done, in this order. */
  List<NodeEffect> take() {
    List<NodeEffect> taken = effects;
    effects = new ArrayList<>();
    return taken;
  }
}
