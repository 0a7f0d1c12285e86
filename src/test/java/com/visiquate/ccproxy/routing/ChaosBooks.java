package com.visiquate.ccproxy.routing;

import static com.visiquate.ccproxy.routing.Fixture.DEEP;
import static com.visiquate.ccproxy.routing.Fixture.FAST;
import static java.util.Objects.requireNonNull;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.request.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who waits, who runs and who has ended, as the world around a scheduler sees it. Owns what must
 * hold of that. Plain loops, because it is asked with every one of millions of events.
 */
final class ChaosBooks {
  /** A backend that handed something back is left alone for a moment. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final String world;
  private final Map<ExchangeId, ChaosRequest> open = new HashMap<>();
  private final List<ChaosRequest> waiting = new ArrayList<>();
  private final List<ChaosRequest> running = new ArrayList<>();
  private final List<ChaosRequest> ghosts = new ArrayList<>();
  private final Set<ExchangeId> ended = new HashSet<>();
  private final Map<BackendId, Health> health = new HashMap<>();
  private final Map<BackendId, BackendSpec> specs = new HashMap<>();
  private final Map<BackendId, Instant> pauses = new HashMap<>();

  /** Since when a slot is free that somebody could have who waits. */
  private final Map<BackendId, Instant> idle = new HashMap<>();

  private final double slowest;
  private FleetPlan plan;
  private Instant changed;

  /**
   * Nothing has happened yet.
   *
   * @param world what tells how to do all of it again
   * @param slowest seconds that a request may cost at most, whatever else goes on
   */
  ChaosBooks(String world, FleetPlan plan, double slowest) {
    this.world = world;
    this.slowest = slowest;
    this.plan = plan;
    this.changed = Instant.MIN;
    follow(plan, Fixture.START);
  }

  List<ChaosRequest> waiting() {
    return waiting;
  }

  List<ChaosRequest> running() {
    return running;
  }

  List<ChaosRequest> ghosts() {
    return ghosts;
  }

  int ended() {
    return ended.size();
  }

  boolean hasEnded(ExchangeId exchange) {
    return ended.contains(exchange);
  }

  /** What it said last; null when it may not have said anything since it was configured. */
  @Nullable Health health(BackendId backend) {
    return health.get(backend);
  }

  void follow(FleetPlan next, Instant now) {
    for (BackendSpec spec : next.backends()) {
      if (plan.backend(spec.id()).isEmpty()) {
        health.remove(spec.id());
      }
      specs.put(spec.id(), spec);
    }
    plan = next;
    changed = now;
    idle.clear();
  }

  void heard(BackendId backend, Health is) {
    health.put(backend, is);
    idle.remove(backend);
  }

  ChaosRequest came(Submission submission, long number, Instant now, boolean again) {
    ChaosRequest request = new ChaosRequest(submission, number, now, again);
    that(open.put(submission.exchange(), request) == null, "it is new", request);
    waiting.add(request);
    return request;
  }

  /** What is computed in advance was never asked for. */
  void startedByItself(Submission submission, BackendId at, Instant now) {
    ChaosRequest request = came(submission, -1, now, true);
    request.leaving = true;
    started(request, at, now);
  }

  ChaosRequest of(Submission submission) {
    return requireNonNull(open.get(submission.exchange()), world);
  }

  void started(ChaosRequest request, BackendId at, Instant now) {
    that(waiting.remove(request), "it waited", request);
    that(request.submission.deadline().isAfter(now), "it is in time", request);
    that(!request.tried.contains(at), "it has not failed there", request);
    checkRoom(request, requireNonNull(specs.get(at)));
    for (ChaosRequest other : waiting) {
      checkOrder(request, other);
    }
    Instant free = idle.remove(at);
    boolean late = free != null && free.plus(residency()).isBefore(now);
    that(!late, "a slot that is not held any more is given away at once", request);
    request.at = at;
    request.unanswered = true;
    request.spoken = false;
    running.add(request);
  }

  /** The client of the first one has left, so that it has ended, or is about to. */
  void tookOver(ChaosRequest successor, ExchangeId from, BackendId at) {
    ChaosRequest before = ghost(from);
    if (before == null) {
      before = requireNonNull(open.get(from), world);
      that(running.remove(before), "it ran", before);
      end(before);
    }
    that(at.equals(before.at), "it goes on where it is", successor);
    that(waiting.remove(successor), "the heir waited", successor);
    successor.at = at;
    successor.unanswered = true;
    successor.spoken = before.spoken;
    running.add(successor);
  }

  /** It was handed back, or failed. */
  void backInLine(ChaosRequest request, Instant now) {
    that(running.remove(request), "it ran", request);
    pauses.put(requireNonNull(request.at), now.plus(PAUSE));
    idle.remove(request.at);
    if (request.leaving) {
      end(request);
    } else {
      waiting.add(request);
    }
  }

  void finished(ChaosRequest request, boolean ghost) {
    that(running.remove(request), "it ran", request);
    end(request);
    if (ghost) {
      ghosts.add(request);
    } else {
      idle.remove(requireNonNull(request.at));
    }
  }

  void ghostGone(ChaosRequest ghost) {
    that(ghosts.remove(ghost), "it was a ghost", ghost);
    idle.remove(requireNonNull(ghost.at));
  }

  /** It waited, and will not be served. */
  void givenUp(ChaosRequest request) {
    that(waiting.remove(request), "it waited", request);
    end(request);
  }

  void stillWaits(ChaosRequest request) {
    that(waiting.contains(request), "who is told a place waits", request);
  }

  /** A newcomer that is told to wait is one of no more than may. */
  void toldToWait(ChaosRequest request) {
    int alike = 0;
    for (ChaosRequest one : waiting) {
      boolean same = one.model().equals(request.model()) && one.priority() == request.priority();
      alike += same ? 1 : 0;
    }
    that(waiting.contains(request), "it waits", request);
    that(alike <= plan.queue().of(request.priority()).length(), "the line has an end", request);
  }

  /** After every event. */
  void check(int openExchanges, Instant now) {
    if (openExchanges != waiting.size() + running.size() || openExchanges != open.size()) {
      throw new AssertionError(world + ": one is lost, or ended twice");
    }
    for (ChaosRequest request : waiting) {
      that(request.submission.deadline().isAfter(now), "nobody waits past the deadline", request);
    }
    checkIdle(now);
  }

  /** All that is open has ended. */
  boolean isAtRest() {
    return open.isEmpty() && ghosts.isEmpty();
  }

  /** How many slots of a backend are taken. */
  int taken(BackendId backend) {
    return count(running, backend) + count(ghosts, backend);
  }

  /** How many requests for a model that is everywhere run at once when nothing else does. */
  int capacity() {
    Map<String, Integer> hosts = new HashMap<>();
    for (BackendSpec backend : plan.backends()) {
      hosts.merge(backend.host(), backend.slots(), Integer::sum);
    }
    int sum = 0;
    for (Map.Entry<String, Integer> host : hosts.entrySet()) {
      int most = plan.hosts().getOrDefault(host.getKey(), Integer.MAX_VALUE);
      sum += Math.min(host.getValue(), most);
    }
    return sum;
  }

  private @Nullable ChaosRequest ghost(ExchangeId from) {
    for (ChaosRequest one : ghosts) {
      if (one.exchange().equals(from)) {
        ghosts.remove(one);
        return one;
      }
    }
    return null;
  }

  private void end(ChaosRequest request) {
    that(open.remove(request.exchange()) == request, "it was open", request);
    that(ended.add(request.exchange()), "it ends once", request);
  }

  /** Whether a slot is free, by the rules of Ollama and of the plan. */
  private boolean hasRoom(ModelName model, BackendSpec spec) {
    int same = count(running, spec.id(), model) + count(ghosts, spec.id(), model);
    int all = taken(spec.id());
    boolean crowded = same == 0 && all > 0 && models(spec.id()) >= spec.residentModels();
    boolean probed = health(spec.id()) != Health.PROBING || all == 0;
    return same < spec.slots() && !crowded && probed && hostHasRoom(spec.host());
  }

  /** How many models run there, those included that are not configured any more. */
  private int models(BackendId backend) {
    boolean fast = count(running, backend, FAST) + count(ghosts, backend, FAST) > 0;
    boolean deep = count(running, backend, DEEP) + count(ghosts, backend, DEEP) > 0;
    return (fast ? 1 : 0) + (deep ? 1 : 0);
  }

  private boolean hostHasRoom(String host) {
    Integer most = plan.hosts().get(host);
    if (most == null) {
      return true;
    }
    int here = 0;
    for (BackendSpec spec : specs.values()) {
      here += spec.host().equals(host) ? taken(spec.id()) : 0;
    }
    return here < most;
  }

  private void checkRoom(ChaosRequest request, BackendSpec spec) {
    that(plan.backend(spec.id()).isPresent(), "the backend is there", request);
    that(hasRoom(request.model(), spec), "there is room", request);
    Health is = health(spec.id());
    that(is != Health.DOWN && is != Health.UNKNOWN, "the backend is not down", request);
    that(is != Health.SUSPECT || !isUpFor(request), "no better one is up", request);
  }

  private boolean isUpFor(ChaosRequest request) {
    for (BackendSpec spec : plan.backends()) {
      boolean up = health(spec.id()) == Health.UP && !request.tried.contains(spec.id());
      if (up && serves(spec.id(), request.model())) {
        return true;
      }
    }
    return false;
  }

  private boolean serves(BackendId backend, ModelName model) {
    for (ModelSpec spec : plan.catalogue().models()) {
      if (spec.name().equals(model)) {
        return spec.backends().contains(backend);
      }
    }
    return false;
  }

  /** Who may not start before whom. */
  private void checkOrder(ChaosRequest starting, ChaosRequest other) {
    if (!starting.isComparableTo(other) || starting.again || other.again) {
      return;
    }
    int byClass = other.priority().compareTo(starting.priority());
    if (isByArrival()) {
      boolean older = byClass == 0 && other.number < starting.number;
      that(byClass > 0 || (byClass == 0 && !older), "class and arrival", starting);
    } else if (byClass == 0) {
      checkLead(starting, other);
    } else {
      boolean skipped = byClass < 0 && other.stranger && residency().isZero();
      that(!skipped, "the higher class first", starting);
    }
  }

  /** Nobody is overtaken for longer than patience allows, whatever it might rather wait for. */
  private void checkLead(ChaosRequest starting, ChaosRequest other) {
    Duration ahead = Duration.between(other.since, starting.since);
    double worth = ahead.toNanos() / 1e9 * plan.routing().patience();
    boolean known = !changed.isAfter(other.since);
    that(!known || worth <= slowest, "nobody starves", other);
  }

  private boolean isByArrival() {
    return plan.routing().strategy() != Strategy.LEAST_BUSY;
  }

  /**
   * No slot stays free for longer than it may be held while somebody waits who could have it. Where
   * requests for several models wait, one may be kept free for a model that needs all of it.
   */
  private void checkIdle(Instant now) {
    ChaosRequest stranger = strangerOfOneModel();
    for (BackendSpec spec : plan.backends()) {
      if (stranger != null && couldRun(stranger, spec)) {
        Instant paused = pauses.getOrDefault(spec.id(), now);
        Instant since = idle.computeIfAbsent(spec.id(), id -> paused.isAfter(now) ? paused : now);
        that(!since.plus(residency()).isBefore(now), "no slot is held for too long", stranger);
      } else {
        idle.remove(spec.id());
      }
    }
  }

  private boolean couldRun(ChaosRequest request, BackendSpec spec) {
    return health(spec.id()) == Health.UP
        && serves(spec.id(), request.model())
        && hasRoom(request.model(), spec);
  }

  private Duration residency() {
    boolean holds = !isByArrival() && !plan.queue().refusesToWait();
    return holds ? plan.routing().residency() : Duration.ZERO;
  }

  private @Nullable ChaosRequest strangerOfOneModel() {
    ChaosRequest found = null;
    for (ChaosRequest one : waiting) {
      if (!one.model().equals(waiting.getFirst().model())) {
        return null;
      }
      found = one.stranger && one.tried.isEmpty() ? one : found;
    }
    return found;
  }

  private static int count(List<ChaosRequest> some, BackendId backend) {
    int count = 0;
    for (ChaosRequest one : some) {
      count += backend.equals(one.at) ? 1 : 0;
    }
    return count;
  }

  private static int count(List<ChaosRequest> some, BackendId backend, ModelName model) {
    int count = 0;
    for (ChaosRequest one : some) {
      count += backend.equals(one.at) && one.model().equals(model) ? 1 : 0;
    }
    return count;
  }

  private void that(boolean holds, String what, ChaosRequest about) {
    if (!holds) {
      throw new AssertionError("%s: %s (%s)".formatted(world, what, about.exchange()));
    }
  }
}
