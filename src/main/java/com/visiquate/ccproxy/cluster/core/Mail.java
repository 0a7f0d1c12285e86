package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage;
import com.visiquate.ccproxy.bus.NodeMessage.ByLeader;
import com.visiquate.ccproxy.bus.NodeMessage.Parcel;
import com.visiquate.ccproxy.bus.NodeMessage.Telling;
import com.visiquate.ccproxy.bus.NodeMessage.ToLeader;
import com.visiquate.ccproxy.bus.NodeMessage.ToOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Hands what has arrived to whom it is for: owners to owners, the leader to them, they to it. */
final class Mail {
  private final IngressDuty clients;
  private final BackendDuty backends;
  private final Attendance attendance;

  Mail(IngressDuty clients, BackendDuty backends, Attendance attendance) {
    this.clients = clients;
    this.backends = backends;
    this.attendance = attendance;
  }

  /** All that this node owns, its own wishes as the leader among it. */
  Telling telling(Member leader, @Nullable LeaderDuty lead) {
    List<NodeMessage.Wish> wishes = new ArrayList<>(clients.told());
    if (lead != null) {
      wishes.addAll(lead.own());
    }
    return new Telling(leader, wishes, backends.told());
  }

  /** What one owner says to another counts, whoever leads. */
  void toOwner(ToOwner content, Parcel parcel, Instant now) {
    ClientRuns answering = clients.runs();
    HostedRuns hosted = backends.runs();
    switch (content) {
      case NodeMessage.Offered(var ticket, var exchange, var backend) ->
          answering.offered(exchange, new OpenWish.Run(ticket, parcel.from(), backend, false));
      case NodeMessage.Carried(var ticket, var backend, var number, var message) ->
          answering.carried(
              new OpenWish.Run(ticket, parcel.from(), backend, false), number, message);
      case NodeMessage.HandedBack(var ticket, var exchange) ->
          answering.handedBack(exchange, ticket, now);
      case NodeMessage.Declined declined -> hosted.declined(declined);
      case NodeMessage.Granted(var ticket, var exchange, var backend, var total) ->
          hosted.granted(exchange, backend, ticket, total);
      case NodeMessage.Telling telling -> {
        answering.told(parcel.from(), telling.backends(), now);
        hosted.told(parcel.from(), telling.wishes(), parcel.stamp(), now);
      }
    }
  }

  /** What the leader says. */
  void byLeader(ByLeader content, Instant now) {
    switch (content) {
      case NodeMessage.Answer(var message) -> clients.answered(message);
      case NodeMessage.Recall(var exchanges) -> {
        clients.recalled(exchanges, now);
        backends.recalled(exchanges::contains, now);
      }
      case NodeMessage.HowIs(var backend) -> backends.asked(backend);
      case NodeMessage.Ordered ordered -> backends.ordered(ordered, attendance, now);
      case NodeMessage.Directed directed -> backends.runs().directed(directed);
    }
  }

  /** What owners say to the leader, which this node is. */
  void toLeader(ToLeader content, Parcel parcel, LeaderDuty lead, Instant now) {
    switch (content) {
      case NodeMessage.Wanted wanted ->
          lead.ingresses().wanted(wanted, parcel.from(), parcel.stamp(), now);
      case NodeMessage.Departed(var leave) -> lead.ingresses().departed(leave);
      case NodeMessage.Stands stands -> lead.owned().stands(stands, parcel.from());
      case NodeMessage.Running running -> lead.backends().running(running, now);
      case NodeMessage.Remembered past -> lead.backends().remembered(past);
      case NodeMessage.Reported reported -> lead.backends().reported(reported);
      case NodeMessage.Telling telling -> lead.told(telling, parcel.from(), parcel.stamp(), now);
    }
  }
}
