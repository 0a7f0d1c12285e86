package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A scheduler whose backends are all up, and everything that it has decided so far. */
public final class Floor {
  private final Scheduler scheduler;
  private final List<RoutingEffect> all = new ArrayList<>();
  private final Set<ExchangeId> running = new LinkedHashSet<>();

  public Floor(FleetPlan plan) {
    scheduler = new Scheduler(plan, new Random(7), Fixture.START);
    for (BackendSpec spec : plan.backends()) {
      note(
          scheduler.status(
              Fixture.status(spec.id().value(), Health.UP, spec.slots()), Fixture.START));
    }
  }

  public Scheduler scheduler() {
    return scheduler;
  }

  public List<RoutingEffect> submit(Submission submission, Instant now) {
    return note(scheduler.submit(submission, now).effects());
  }

  /** The place that a new request is told. */
  public int place(Submission submission, Instant now) {
    return submit(submission, now).stream()
        .filter(effect -> effect instanceof RoutingEffect.Wait)
        .map(effect -> ((RoutingEffect.Wait) effect).place())
        .findFirst()
        .orElse(0);
  }

  /** What starts because of it. */
  public List<RoutingEffect.Start> finish(Ended report, Instant now) {
    running.remove(report.exchange());
    return only(RoutingEffect.Start.class, note(scheduler.finished(report, now)));
  }

  List<RoutingEffect> note(List<RoutingEffect> effects) {
    all.addAll(effects);
    only(RoutingEffect.Start.class, effects)
        .forEach(start -> running.add(start.submission().exchange()));
    return effects;
  }

  public List<RoutingEffect.Start> starts() {
    return only(RoutingEffect.Start.class, all);
  }

  List<RoutingEffect> all() {
    return all;
  }

  public Set<ExchangeId> running() {
    return running;
  }

  /** What becomes of the one request that an event ends without an answer. */
  static Failure failure(List<RoutingEffect> effects) {
    List<Failure> failures = new ArrayList<>();
    only(RoutingEffect.Refuse.class, effects).forEach(refuse -> failures.add(refuse.failure()));
    only(RoutingEffect.Fail.class, effects).forEach(fail -> failures.add(fail.failure()));
    assertThat(failures).hasSize(1);
    return failures.getFirst();
  }

  /** Where the requests run that an event starts. */
  public static List<String> startedOn(List<RoutingEffect> effects) {
    return only(RoutingEffect.Start.class, effects).stream()
        .map(start -> start.placement().backend().value())
        .toList();
  }

  public static <T extends RoutingEffect> List<T> only(Class<T> type, List<RoutingEffect> effects) {
    return effects.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
