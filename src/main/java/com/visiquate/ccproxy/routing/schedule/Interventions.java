package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.SteerMessage.Cancel;
import com.visiquate.ccproxy.bus.SteerMessage.Done;
import com.visiquate.ccproxy.bus.SteerMessage.NotDone;
import com.visiquate.ccproxy.bus.SteerMessage.Reclass;
import com.visiquate.ccproxy.bus.SteerMessage.Steer;
import com.visiquate.ccproxy.bus.SteerMessage.SteerReply;
import com.visiquate.ccproxy.bus.SteerMessage.StopClient;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What becomes of a request when its client leaves, or an operator steers. */
final class Interventions {
  private final OpenExchanges exchanges;
  private final WaitingRooms rooms;
  private final TakeOvers takeOvers;
  private final Reappraisal reappraisal;
  private final Aftermath aftermath;

  Interventions(
      OpenExchanges exchanges,
      WaitingRooms rooms,
      TakeOvers takeOvers,
      Reappraisal reappraisal,
      Aftermath aftermath) {
    this.exchanges = exchanges;
    this.rooms = rooms;
    this.takeOvers = takeOvers;
    this.reappraisal = reappraisal;
    this.aftermath = aftermath;
  }

  /** Nobody wants its answer any more. */
  List<RoutingEffect> left(ExchangeId exchange, Why why, Instant now) {
    Optional<OpenExchange> open = exchanges.find(exchange).filter(found -> !found.isLeaving());
    return open.map(found -> leave(found, why, now)).orElseGet(List::of);
  }

  private List<RoutingEffect> leave(OpenExchange open, Why why, Instant now) {
    List<RoutingEffect> takenOver = takeOvers.left(open, why, now);
    if (rooms.isWaiting(open) || !takenOver.isEmpty()) {
      exchanges.close(open);
      return aftermath.of(takenOver, now);
    }
    open.leave();
    return Optional.ofNullable(open.placement()).stream()
        .<RoutingEffect>map(at -> new RoutingEffect.Stop(open.id(), at.backend(), why))
        .toList();
  }

  Steered steer(Steer wish, Instant now) {
    return switch (wish) {
      case Cancel(var exchange) -> one(exchange).map(open -> cancel(open, now)).orElse(missing());
      case Reclass(var exchange, var priority) ->
          one(exchange).map(open -> reclass(open, priority, now)).orElse(missing());
      case StopClient(var client) -> stop(client, now);
    };
  }

  private Optional<OpenExchange> one(ExchangeId exchange) {
    return exchanges.find(exchange).filter(open -> !open.isLeaving());
  }

  private Steered cancel(OpenExchange open, Instant now) {
    String what = rooms.isWaiting(open) ? "waited for" : "ran on";
    String done = "Cancelled %s, which %s %s.".formatted(open.id(), what, open.model());
    return new Steered(new Done(done), ended(open, now));
  }

  /**
   * Whoever holds the connection of its client gives it up and says so here, as if the client had
   * left: so there is one way out, and the client hears of it first.
   */
  private List<RoutingEffect> ended(OpenExchange open, Instant now) {
    return open.submission().isOfClient()
        ? List.of(new RoutingEffect.Cancel(open.submission(), open.placement()))
        : left(open.id(), Why.CANCELLED, now);
  }

  private Steered stop(ClientId client, Instant now) {
    List<OpenExchange> all =
        exchanges.all().stream()
            .filter(open -> !open.isLeaving() && isOf(client, open.submission().client()))
            .toList();
    if (all.isEmpty()) {
      return Steered.not("Nothing of %s waits or runs.".formatted(client), true);
    }
    String done =
        "Cancelled all %d requests of %s that waited or ran.".formatted(all.size(), client);
    return new Steered(
        new Done(done), all.stream().flatMap(open -> ended(open, now).stream()).toList());
  }

  private static boolean isOf(ClientId wanted, ClientId client) {
    return wanted.equals(client) || wanted.equals(client.whole());
  }

  private Steered reclass(OpenExchange open, Priority priority, Instant now) {
    String word = Label.of(priority);
    if (!rooms.isWaiting(open)) {
      String why = "%s runs already; only a request that waits can change its class.";
      return Steered.not(why.formatted(open.id()), false);
    }
    String done = "%s waits as %s now.".formatted(open.id(), word);
    if (open.priority() == priority) {
      return new Steered(new Done(done), List.of());
    }
    rooms.remove(open);
    open.reclass(priority);
    reappraisal.came(open);
    rooms.add(open);
    return new Steered(new Done(done), aftermath.of(List.of(), now));
  }

  private static Steered missing() {
    return Steered.not("No request of this id waits or runs; it may have just ended.", true);
  }

  /** What the operator is told, and what follows. */
  record Steered(SteerReply reply, List<RoutingEffect> effects) {
    static Steered not(String why, boolean missing) {
      return new Steered(new NotDone(why, missing), List.of());
    }
  }
}
