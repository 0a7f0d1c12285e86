package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.Start;
import com.visiquate.ccproxy.bus.BusMessage.TakeOver;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.Membership.Origin;
import com.visiquate.ccproxy.bus.Membership.Term;
import com.visiquate.ccproxy.bus.Membership.Ticket;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.fleet.BackendId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands between the routing of the node that leads and all owners. It begins with nothing,
 * and everything in it was told by an owner, who tells it again.
 */
final class LeaderDuty {
  /** The ingress number of everybody, for routing and for backends of clients elsewhere. */
  static final int RELAY = 1_000_000;

  private final Term term;
  private final Post post;
  private final KnownWishes wishes = new KnownWishes();
  private final OwnedBackends owned;
  private final LeaderIngresses ingresses;
  private final LeaderBackends backends;
  private long orders;

  LeaderDuty(Term term, View view, Post post, Instant now) {
    this.term = term;
    this.post = post;
    owned = new OwnedBackends(post);
    ingresses = new LeaderIngresses(wishes, new Gathering(view.members(), now), post);
    backends = new LeaderBackends(wishes, owned, post);
  }

  LeaderIngresses ingresses() {
    return ingresses;
  }

  LeaderBackends backends() {
    return backends;
  }

  OwnedBackends owned() {
    return owned;
  }

  /** All that a node owns. */
  void told(NodeMessage.Telling telling, Member from, long stamp, Instant now) {
    telling.backends().forEach(one -> backends.standing(from, one, now));
    ingresses.told(from, telling.wishes(), stamp, now);
    if (from.equals(term.leader())) {
      owned.tellAgain();
    }
  }

  /** Routing wants something to run. */
  void order(BusMessage.Order order, BackendId backend, Member self, Instant now) {
    Start start = Orders.start(order);
    KnownWish wish = wishes.find(start.exchange());
    if (wish == null && start.ingress() < 0) {
      Origin own = new Origin(self, post.stamp(), KnownWishes.OWN);
      wish = wishes.add(start.exchange(), new KnownWish(own));
    }
    if (order instanceof TakeOver over) {
      wishes.remove(over.from());
    }
    Member owner = owned.owner(backend);
    // Whose home has just said that it is over, is not begun: routing hears of that next.
    if (owner == null || wish == null) {
      post.add(new NodeEffect.Report(new NoRoom(start.exchange(), backend, "nobody is there")));
      return;
    }
    Ticket ticket = new Ticket(term, ++orders);
    wish.place(ticket, backend, now);
    Duration left = Duration.between(now, start.deadline());
    post.send(owner, new NodeMessage.Ordered(ticket, wish.origin(), backend, order, left));
  }

  /** Routing tells a backend something. */
  void control(BackendId backend, BusMessage.Control control) {
    Member owner = owned.owner(backend);
    if (owner != null) {
      post.send(owner, new NodeMessage.Directed(backend, ticket(control), control));
    }
  }

  private @Nullable Ticket ticket(BusMessage.Control control) {
    KnownWish wish = control instanceof BusMessage.Stop stop ? wishes.find(stop.exchange()) : null;
    return wish == null ? null : wish.ticket();
  }

  /** What this node runs in advance by its own wish. */
  List<NodeMessage.Wish> own() {
    return wishes.own().stream().map(exchange -> new NodeMessage.Wish(exchange, null, 0)).toList();
  }

  /** Members have come or gone. */
  void see(View view) {
    backends.see(view);
    ingresses.see(view);
  }

  /** Time has passed. */
  void tick(Instant now) {
    ingresses.submitReady(now);
  }
}
