package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.Fact;
import com.visiquate.ccproxy.bus.ScheduleStep;
import com.visiquate.ccproxy.bus.ScheduleSteps;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Says on the bus what the scheduler has decided. */
final class Outbox {
  /** A backend that takes longer is busy with something else; it is asked again. */
  private static final Duration INQUIRY = Duration.ofSeconds(30);

  private final Bus bus;
  private final Bus owners;
  private final Consumer<Runnable> later;
  private List<ScheduleStep> steps = new ArrayList<>();

  /** One that tells every step at once. */
  Outbox(Bus bus) {
    this(bus, bus, Runnable::run);
  }

  /**
   * One that gathers steps.
   *
   * @param owners where ingresses and backends are told what is decided
   * @param later runs something a moment later
   */
  Outbox(Bus bus, Bus owners, Consumer<Runnable> later) {
    this.bus = bus;
    this.owners = owners;
    this.later = later;
  }

  void start(RoutingEffect.Start start) {
    order(start, message(start));
  }

  void takeOver(RoutingEffect.TakeOver over) {
    order(over.start(), new BusMessage.TakeOver(message(over.start()), over.from()));
  }

  private void order(RoutingEffect.Start start, BusMessage.Order order) {
    owners.send(Address.start(start.placement().backend()), order);
  }

  /** Fails as {@link Bus#ask} does. */
  Future<BusMessage.Found> inquire(ExchangeId exchange, BackendId backend) {
    return owners.ask(Address.inquiry(backend), new BusMessage.Inquiry(exchange), INQUIRY);
  }

  private static BusMessage.Start message(RoutingEffect.Start start) {
    Submission submission = start.submission();
    return new BusMessage.Start(
        submission.exchange(),
        submission.ingress(),
        start.model(),
        submission.request(),
        start.placement(),
        submission.deadline(),
        submission.whole(),
        start.estimate().reading());
  }

  void answer(BusMessage.Submit submit, BusMessage.Admission admission) {
    owners.send(
        Address.ingress(submit.ingress()), new BusMessage.Answered(submit.exchange(), admission));
  }

  void still(RoutingEffect.Still still) {
    Submission submission = still.submission();
    owners.send(
        Address.ingress(submission.ingress()),
        new BusMessage.StillWaiting(submission.exchange(), still.place(), still.estimate()));
  }

  void fail(RoutingEffect.Fail fail) {
    Submission submission = fail.submission();
    owners.send(
        Address.ingress(submission.ingress()),
        new BusMessage.Broke(
            submission.exchange(), fail.placement(), fail.failure(), fail.outcome()));
  }

  /** A request that a bug kept from being admitted or refused. */
  void fail(BusMessage.Submit submit) {
    owners.send(
        Address.ingress(submit.ingress()),
        new BusMessage.Broke(submit.exchange(), null, Failure.bug(), Outcome.BACKEND_ERROR));
  }

  void cancel(RoutingEffect.Cancel cancel) {
    Submission submission = cancel.submission();
    owners.send(
        Address.ingress(submission.ingress()),
        new BusMessage.Cancelled(submission.exchange(), cancel.placement()));
  }

  void stop(RoutingEffect.Stop stop) {
    control(stop.backend(), new BusMessage.Stop(stop.exchange(), stop.why()));
  }

  void note(RoutingEffect.Note note) {
    bus.publish(Address.METRICS_FACT, note.fact());
  }

  void happened(RoutingEffect.Happened happened) {
    if (bus.isHeard(Address.SCHEDULE_HAPPENED)) {
      bus.publish(Address.SCHEDULE_HAPPENED, happened.event());
    }
  }

  /** Tells what has been noted, a moment later and together with what follows until then. */
  void steps(Chronicle chronicle) {
    chronicle.listen(bus.isHeard(Address.SCHEDULE_STEPS));
    List<ScheduleStep> noted = chronicle.take();
    if (noted.isEmpty()) {
      return;
    }
    boolean first = steps.isEmpty();
    steps.addAll(noted);
    if (first) {
      later.accept(this::tellSteps);
    }
  }

  private void tellSteps() {
    List<ScheduleStep> told = steps;
    steps = new ArrayList<>();
    bus.publish(Address.SCHEDULE_STEPS, new ScheduleSteps(told));
  }

  void haunted(RoutingEffect.Haunted haunted) {
    control(haunted.backend(), new BusMessage.Haunted());
  }

  void expect(RoutingEffect.Expect expect) {
    control(expect.backend(), new BusMessage.Expected(expect.waiting()));
  }

  void depth(RoutingEffect.Depth depth) {
    bus.publish(
        Address.METRICS_FACT,
        new Fact.QueueDepth(depth.model(), depth.priority(), depth.waiting()));
  }

  private void control(BackendId backend, BusMessage.Control message) {
    owners.send(Address.control(backend), message);
  }
}
