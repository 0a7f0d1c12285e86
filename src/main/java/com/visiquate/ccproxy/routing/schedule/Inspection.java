package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.cache.CacheRule;
import com.visiquate.ccproxy.routing.cache.CacheTruth;
import com.visiquate.ccproxy.routing.cache.CachedPrompt;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.estimate.Forecast;
import com.visiquate.ccproxy.routing.estimate.Holds;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at the queues and the slots for an operator; changes nothing. */
final class Inspection {
  /** Most rows of one queue or backend; whoever wants to know of more has other troubles. */
  static final int MOST = 100;

  private static final ClientId UNKNOWN = new ClientId("unknown");

  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Estimator estimator;
  private final Holds holds;
  private final Forecast forecast;
  private final Ghosts ghosts;

  Inspection(WaitingRooms rooms, FleetState fleet, Judgement judgement, Ghosts ghosts) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.estimator = judgement.estimator();
    this.holds = judgement.holds();
    this.forecast = judgement.forecast();
    this.ghosts = ghosts;
  }

  QueueReport report(Instant now) {
    return new QueueReport(
        now,
        fleet.models().stream()
            .sorted(Comparator.comparing(ModelName::value))
            .map(name -> model(rooms.of(name), now))
            .toList(),
        fleet.all().stream().map(view -> backend(view, now)).toList());
  }

  private QueueReport.Model model(WaitingRoom room, Instant now) {
    Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
    for (Priority priority : Priority.values()) {
      waiting.put(priority, room.line(priority).size());
    }
    List<QueueReport.Waiting> front = new ArrayList<>();
    long ahead = 0;
    for (OpenExchange exchange : room.inOrder().limit(MOST).toList()) {
      Duration waited = Duration.between(exchange.born(), now);
      Duration estimate = forecast.wait(room.model(), ahead, now);
      front.add(new QueueReport.Waiting(request(exchange), front.size() + 1, waited, estimate));
      ahead += exchange.work();
    }
    Duration oldest =
        room.oldest().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    return new QueueReport.Model(room.model(), waiting, oldest, front);
  }

  private QueueReport.Backend backend(BackendView view, Instant now) {
    return new QueueReport.Backend(
        view.id(),
        view.spec().host(),
        view.health(),
        view.slots(),
        view.taken().stream().limit(MOST).map(slot -> taken(slot, now)).toList(),
        view.models().stream().flatMap(model -> held(view, model, now).stream()).toList(),
        view.models().stream().map(model -> kept(view, model)).toList(),
        ghosts.areSeen(view.id()));
  }

  private static QueueReport.Cache kept(BackendView view, ModelSpec model) {
    CacheTruth truth = view.cache(model).truth();
    int stored = truth.rule() == CacheRule.STORE ? truth.tokens() : 0;
    return new QueueReport.Cache(model.name(), stored, truth.isCorrected());
  }

  private static QueueReport.Taken taken(TakenSlot taken, Instant now) {
    Phase phase = taken.hasSpoken() ? Phase.ANSWER : Phase.PROMPT;
    return new QueueReport.Taken(
        request(taken.exchange()),
        taken.isGhost() || taken.exchange().isLeaving() ? Phase.GHOST : phase,
        Duration.between(taken.since(), now),
        Duration.ofNanos(taken.remaining(now)));
  }

  private List<QueueReport.Held> held(BackendView view, ModelSpec model, Instant now) {
    return view.cache(model).exposed().stream()
        .flatMap(cached -> held(view, cached, now).stream())
        .limit(MOST)
        .toList();
  }

  private Optional<QueueReport.Held> held(BackendView view, CachedPrompt cached, Instant now) {
    Duration bound = holds.against(cached, estimator.rate(view, cached.model()));
    Instant until = cached.since().plus(bound);
    ClientId client = estimator.returns().client(cached.turn()).orElse(UNKNOWN);
    return until.isAfter(now)
        ? Optional.of(new QueueReport.Held(cached.model(), client, until))
        : Optional.empty();
  }

  private static QueueReport.Request request(OpenExchange exchange) {
    return new QueueReport.Request(
        exchange.id(), exchange.model(), exchange.priority(), exchange.submission().client());
  }
}
