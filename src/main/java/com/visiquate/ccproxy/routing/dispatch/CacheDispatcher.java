package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.strategy.BackendOption;
import com.visiquate.ccproxy.routing.strategy.Choice;
import com.visiquate.ccproxy.routing.waiting.Candidates;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Schedules conversations over caches: class first, then the request and the slot that together
 * cost least, what is destroyed included. Owns when it must look again.
 */
final class CacheDispatcher implements Dispatcher {
  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Scoring bidding;
  private final SlotAssignment assignment;
  private final Choice choice;

  CacheDispatcher(
      WaitingRooms rooms,
      FleetState fleet,
      Scoring bidding,
      SlotAssignment assignment,
      Choice choice) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.bidding = bidding;
    this.assignment = assignment;
    this.choice = choice;
  }

  @Override
  public boolean concerns(OpenExchange newcomer, Instant now) {
    for (BackendView view : fleet.open(newcomer.model())) {
      if (view.free(newcomer.model(), now) > 0 || view.memory().isCrowdedOut(newcomer.model())) {
        return true;
      }
    }
    return false;
  }

  /** Nobody is to be compared with, so that it need not stand in any index first. */
  @Override
  public List<RoutingEffect> startAlone(OpenExchange newcomer, Instant now) {
    bidding.begin();
    bidding.weighing().begin();
    List<Vacancy> vacancies = vacancies(rooms.of(newcomer.model()), new Reservations(), now);
    List<Match> matches = matches(newcomer, vacancies, now);
    return matches.isEmpty() ? List.of() : start(matches, now);
  }

  @Override
  public Optional<Instant> again() {
    return bidding.again();
  }

  @Override
  public List<RoutingEffect> dispatch(Instant now) {
    bidding.begin();
    if (rooms.waiting() == 0) {
      return List.of();
    }
    List<RoutingEffect> starts = new ArrayList<>();
    Reservations claimed = round(starts, now);
    while (isForNobody(claimed)) {
      claimed = round(starts, now);
    }
    return starts;
  }

  private Reservations round(List<RoutingEffect> starts, Instant now) {
    Reservations claimed = new Reservations();
    for (Priority priority : Priority.values()) {
      Best best = best(priority, claimed, now);
      while (best != null) {
        starts.addAll(accept(best, claimed, now));
        best = best(priority, claimed, now);
      }
    }
    return claimed;
  }

  /** Whether all for whom a backend was closed have started elsewhere: it is free for others. */
  private boolean isForNobody(Reservations claimed) {
    for (ModelName model : claimed.models()) {
      if (rooms.of(model).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The best bid of a class, and everything that its model could be given instead. */
  private record Best(Match match, List<Vacancy> vacancies) {}

  private @Nullable Best best(Priority priority, Reservations claimed, Instant now) {
    Best best = null;
    bidding.weighing().begin();
    for (WaitingRoom room : rooms.all()) {
      Candidates candidates = room.line(priority).candidates();
      if (candidates.isEmpty()) {
        continue;
      }
      List<Vacancy> vacancies = vacancies(room, claimed, now);
      for (Vacancy vacancy : vacancies) {
        Match match = bidding.best(candidates, vacancy, now);
        if (match != null && (best == null || match.key() < best.match().key())) {
          best = new Best(match, vacancies);
        }
      }
    }
    return best;
  }

  /**
   * A backend that the best request is kept from by other models is closed to them until they are
   * gone, so that a steady stream for one model cannot starve another.
   */
  private List<RoutingEffect> accept(Best best, Reservations claimed, Instant now) {
    Match match = best.match();
    if (match.vacancy().closedFor() > 0) {
      claimed.add(match.exchange().model(), match.vacancy().view().id());
      return List.of();
    }
    return start(matches(match.exchange(), best.vacancies(), now), now);
  }

  private List<RoutingEffect> start(List<Match> matches, Instant now) {
    Match taken = matches.size() == 1 ? matches.getFirst() : chosen(matches, now);
    Vacancy vacancy = taken.vacancy();
    return assignment.start(
        taken.exchange(),
        vacancy.model(),
        vacancy.view(),
        taken.estimate(),
        bidding.weighing().decision(taken),
        now);
  }

  private Match chosen(List<Match> matches, Instant now) {
    List<BackendOption> candidates = matches.stream().map(one -> candidate(one, now)).toList();
    BackendId chosen = choice.among(candidates).backend();
    return matches.stream()
        .filter(one -> one.vacancy().view().id().equals(chosen))
        .findFirst()
        .orElseThrow();
  }

  /** What it bids for each of the openings in which it may start. */
  private List<Match> matches(OpenExchange exchange, List<Vacancy> vacancies, Instant now) {
    List<Match> matches = new ArrayList<>();
    for (Vacancy vacancy : vacancies) {
      Match match = vacancy.closedFor() == 0 ? bidding.match(exchange, vacancy, now) : null;
      if (match != null) {
        matches.add(match);
      }
    }
    return matches;
  }

  private static BackendOption candidate(Match match, Instant now) {
    BackendView view = match.vacancy().view();
    return new BackendOption(
        view.id(),
        view.free(match.exchange().model(), now),
        view.taken().size(),
        view.spec().weight(),
        Duration.ofNanos(match.estimate().untilFirstToken()));
  }

  private List<Vacancy> vacancies(WaitingRoom room, Reservations claimed, Instant now) {
    Optional<ModelSpec> model = fleet.model(room.model());
    if (model.isEmpty()) {
      return List.of();
    }
    List<Vacancy> vacancies = new ArrayList<>();
    for (BackendView view : fleet.open(room.model())) {
      boolean general = fleet.isEligible(view, room.model());
      if (!(general || room.hasRetries()) || view.isFull(room.model())) {
        continue;
      }
      boolean crowded = view.memory().isCrowdedOut(room.model());
      boolean open = crowded ? !claimed.hasClaim(room.model()) : view.free(room.model(), now) > 0;
      if (open && !claimed.isClosed(view.id())) {
        long closed = crowded ? Math.max(1, view.taken().lastFree(now)) : 0;
        vacancies.add(new Vacancy(model.get(), view, bidding.pressure(view, now), general, closed));
      }
    }
    return vacancies;
  }
}
