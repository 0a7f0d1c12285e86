package com.visiquate.ccproxy.routing.schedule;

import static java.util.Objects.requireNonNull;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Fact.PrefixWarmed;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.QueueBounds;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.dispatch.SlotAssignment;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.waiting.OpenExchanges;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Has the most shared prefix of a model computed where the model was just loaded and the backend is
 * idle, so that the first conversation finds it cached. Every other request goes before it.
 */
final class PrefixWarmUps {
  /** Nobody listens there: its answer is for nobody. */
  private static final int NO_INGRESS = -1;

  private static final ClientId ITSELF = new ClientId("ccproxy");

  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Estimator estimator;
  private final OpenExchanges exchanges;
  private final SlotAssignment assignment;
  private final SharedPrefixes prefixes = new SharedPrefixes();
  private final Set<Due> due = new LinkedHashSet<>();
  private final Map<BackendId, List<LoadedModel>> loaded = new HashMap<>();
  private final List<OpenExchange> running = new ArrayList<>();
  private Duration longest;
  private long count;

  /** A model that was loaded there, and of which nothing is cached yet. */
  private record Due(BackendId backend, ModelName model) {}

  PrefixWarmUps(
      WaitingRooms rooms,
      FleetState fleet,
      Estimator estimator,
      OpenExchanges exchanges,
      SlotAssignment assignment) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.estimator = estimator;
    this.exchanges = exchanges;
    this.assignment = assignment;
    this.longest = Duration.ZERO;
  }

  void follow(FleetPlan plan) {
    longest = plan.routing().prefixWarmUp();
    loaded.keySet().retainAll(fleet.ids());
    prefixes.keepOnly(fleet.models());
    due.removeIf(one -> fleet.model(one.model()).isEmpty());
  }

  /** What a backend says of itself, before anybody else knows it. */
  void heard(BackendStatus status) {
    Optional<BackendView> view = fleet.view(status.id());
    boolean news = !status.loaded().equals(loaded.put(status.id(), status.loaded()));
    if (view.isPresent() && news) {
      fleet
          .models()
          .forEach(name -> fleet.model(name).ifPresent(m -> heard(status, m, view.get())));
    }
  }

  private void heard(BackendStatus status, ModelSpec model, BackendView view) {
    boolean serves = fleet.serving(model.name()).contains(view);
    if (serves && model.isAmong(status.loadedNames()) && !view.memory().isResident(model)) {
      due.add(new Due(status.id(), model.name()));
    }
  }

  /** A request came: what is computed in advance gives way, unless it is just what is needed. */
  List<RoutingEffect> giveWay(OpenExchange newcomer) {
    running.removeIf(open -> exchanges.find(open.id()).isEmpty());
    List<RoutingEffect> stops = new ArrayList<>();
    for (OpenExchange open : List.copyOf(running)) {
      if (open.chain().role() != newcomer.chain().role()) {
        running.remove(open);
        stops.add(stop(open));
      }
    }
    return stops;
  }

  /** The gateway ends. */
  List<RoutingEffect> end() {
    longest = Duration.ZERO;
    List<RoutingEffect> stops = running.stream().map(PrefixWarmUps::stop).toList();
    running.clear();
    return stops;
  }

  /** An answer has ended: it may have been a first one of many, or one of its own. */
  List<RoutingEffect> ended(Ended report) {
    Optional<OpenExchange> open = exchanges.placed(report);
    if (open.isEmpty() || open.get().submission().ingress() != NO_INGRESS) {
      open.filter(one -> report.outcome() == Outcome.COMPLETED).ifPresent(prefixes::answered);
      return List.of();
    }
    boolean whole = report.outcome() == Outcome.COMPLETED;
    return List.of(
        new RoutingEffect.Note(new PrefixWarmed(report.backend(), open.get().model(), whole)));
  }

  /** Starts what can be computed now without being in anybody's way. */
  List<RoutingEffect> start(Instant now) {
    if (due.isEmpty() || longest.isZero() || rooms.waiting() > 0) {
      return List.of();
    }
    List<RoutingEffect> starts = new ArrayList<>();
    for (Due one : List.copyOf(due)) {
      Optional<ModelSpec> model = fleet.model(one.model());
      Optional<BackendView> view = fleet.view(one.backend());
      if (model.isEmpty() || view.isEmpty() || isUsed(view.get(), model.get())) {
        due.remove(one);
      } else if (view.get().health() == Health.UP) {
        starts.addAll(start(model.get(), view.get(), now));
      }
    }
    return starts;
  }

  private static boolean isUsed(BackendView view, ModelSpec model) {
    return !view.taken().isEmpty()
        || !view.memory().isResident(model)
        || !view.cache(model).cachedPrompts().isEmpty();
  }

  private List<RoutingEffect> start(ModelSpec model, BackendView view, Instant now) {
    Optional<ChatRequest> prefix = prefixes.mostShared(model.name());
    if (prefix.isEmpty() || view.free(model.name(), now) == 0) {
      return List.of();
    }
    due.remove(new Due(view.id(), model.name()));
    OpenExchange open = open(prefix.get(), model, now);
    Estimate estimate = estimator.estimate(open, model, view, now);
    if (estimate.work().prompt() > longest.toNanos()) {
      return List.of();
    }
    // Nobody wants its answer: whatever happens to it, it does not wait for another slot.
    open.leave();
    exchanges.open(open);
    running.add(open);
    return assignment.start(open, model, view, estimate, Decision.IN_ADVANCE, now);
  }

  private OpenExchange open(ChatRequest prefix, ModelSpec model, Instant now) {
    Submission submission =
        new Submission(
            new ExchangeId("prefix-%d-%s".formatted(++count, model.name())),
            NO_INGRESS,
            model.name(),
            prefix,
            Priority.BACKGROUND,
            ITSELF,
            now.plus(longest.multipliedBy(4)));
    return new OpenExchange(submission, -count, now, QueueBounds.DEFAULT);
  }

  private static RoutingEffect stop(OpenExchange open) {
    BackendId backend = requireNonNull(open.placement()).backend();
    return new RoutingEffect.Stop(open.id(), backend, Why.CLIENT_GONE);
  }
}
