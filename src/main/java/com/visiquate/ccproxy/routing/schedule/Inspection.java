package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.OperatorMessage.Inspect;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import com.visiquate.ccproxy.fleet.RoutingPolicy;
import com.visiquate.ccproxy.fleet.Strategy;
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
import java.util.function.LongFunction;

/** Looks at the queues and the slots for an operator; changes nothing. */
final class Inspection {
  /** For so many of each queue it is said when they are expected to start. */
  private static final int FORESEEN = 100;

  private static final double NANOS = 1e9;
  private static final double NANOS_IN_MILLI = 1e6;
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

  QueueReport report(int most, RoutingPolicy policy, Instant now) {
    boolean byWork = policy.strategy() == Strategy.LEAST_BUSY;
    return new QueueReport(
        now,
        fleet.models().stream()
            .sorted(Comparator.comparing(ModelName::value))
            .map(name -> model(rooms.of(name), most, byWork, now))
            .toList(),
        fleet.all().stream().map(view -> backend(view, most, now)).toList());
  }

  private QueueReport.Model model(WaitingRoom room, int most, boolean byWork, Instant now) {
    Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
    for (Priority priority : Priority.values()) {
      waiting.put(priority, room.line(priority).size());
    }
    LongFunction<Duration> waits = forecast.waits(room.model(), now);
    List<QueueReport.Waiting> front = new ArrayList<>();
    long ahead = 0;
    for (OpenExchange exchange : room.inOrder().limit(most).toList()) {
      Duration waited = Duration.between(exchange.born(), now);
      boolean foreseen = front.size() < FORESEEN;
      Duration estimate = foreseen ? waits.apply(ahead) : Duration.ZERO;
      long rank = rank(exchange, byWork);
      front.add(
          new QueueReport.Waiting(request(exchange), front.size() + 1, waited, estimate, rank));
      ahead += exchange.work();
    }
    Duration oldest =
        room.oldest().map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    Duration next = waits.apply(room.work());
    return new QueueReport.Model(room.model(), waiting, oldest, front, next, speed(room.model()));
  }

  /** Milliseconds where it is a time, and else the order of arrival. */
  private static long rank(OpenExchange exchange, boolean byWork) {
    return Math.round(byWork ? exchange.rank() / NANOS_IN_MILLI : exchange.rank());
  }

  /** That of the fastest backend of which it was learnt. */
  private double speed(ModelName model) {
    return fleet.serving(model).stream()
        .map(view -> estimator.rate(view, model))
        .filter(rate -> rate.isLearnt() && rate.output() > 0)
        .mapToDouble(rate -> NANOS / rate.output())
        .max()
        .orElse(0);
  }

  private QueueReport.Backend backend(BackendView view, int most, Instant now) {
    return new QueueReport.Backend(
        view.id(),
        view.spec().host(),
        view.reported(),
        view.slots(),
        view.taken().stream().limit(most).map(slot -> taken(slot, now)).toList(),
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
        Duration.ofNanos(taken.remaining(now)),
        progress(taken, now));
  }

  private static QueueReport.Progress progress(TakenSlot taken, Instant now) {
    Instant spoke = taken.spokeAt();
    return new QueueReport.Progress(
        taken.number(),
        taken.estimate().promptTokens(),
        Math.max(0, taken.estimate().cachedTokens()),
        Duration.ofNanos(taken.untilFirstToken(now)),
        spoke == null ? null : Duration.between(spoke, now));
  }

  private List<QueueReport.Held> held(BackendView view, ModelSpec model, Instant now) {
    return view.cache(model).exposed().stream()
        .flatMap(cached -> held(view, cached, now).stream())
        .limit(Inspect.USUAL)
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
        exchange.id(),
        exchange.model(),
        exchange.priority(),
        exchange.submission().client(),
        exchange.submission().conversation());
  }
}
