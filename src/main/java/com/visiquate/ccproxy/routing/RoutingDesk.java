package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Replanned;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Bus.Subscription;
import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.Fact.Corrected;
import com.visiquate.ccproxy.bus.OperatorMessage.Inspected;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Receives what the bus says to routing, asks the {@link Scheduler}, and does what it decides. */
final class RoutingDesk {
  private final Scheduler scheduler;
  private final Outbox outbox;
  private final Arrivals arrivals;
  private final WakeTimer alarm;
  private final PendingStarts orders;
  private final List<Subscription> subscriptions = new ArrayList<>();
  private FleetPlan plan;

  /**
   * Not yet listening.
   *
   * @param alarm rings for the scheduler
   * @param orders rings for orders whose answer is overdue
   */
  RoutingDesk(
      Scheduler scheduler,
      FleetPlan plan,
      Outbox outbox,
      WakeTimer alarm,
      PendingStarts.Timer orders) {
    this.scheduler = scheduler;
    this.plan = plan;
    this.outbox = outbox;
    this.arrivals = new Arrivals(scheduler, outbox);
    this.alarm = alarm;
    this.orders = new PendingStarts(orders, this::inquire);
  }

  /**
   * Listens from now on.
   *
   * @param owners where ingresses and backends say what they want and how they are
   */
  void open(Bus shared, Bus owners) {
    Bus house = shared.mendedBy(this::mend);
    subscriptions.add(house.listen(Address.FLEET_PLAN, this::replan));
    listen(owners.mendedBy(this::mend));
  }

  private void listen(Bus bus) {
    subscriptions.addAll(
        List.of(
            bus.listen(
                Address.FLEET_STATUS, it -> apply(scheduler.status(it.status(), alarm.now()))),
            bus.listen(Address.ROUTING_REPORT, report -> apply(effects(report))),
            bus.listen(
                Address.ROUTING_LEAVE,
                leave -> apply(scheduler.left(leave.exchange(), leave.why(), alarm.now()))),
            bus.listen(
                Address.ROUTING_SUBMIT, submit -> apply(arrivals.came(submit, plan, alarm.now()))),
            bus.listen(
                Address.ROUTING_SUCCEED,
                message -> apply(arrivals.wasThere(message, plan, alarm.now()))),
            bus.listen(Address.DRAINING, draining -> apply(scheduler.drain(alarm.now()))),
            bus.answer(
                Address.ROUTING_STEER, wish -> scheduler.steer(wish, alarm.now(), this::apply)),
            bus.answer(
                Address.ROUTING_INSPECT,
                inspect -> new Inspected(scheduler.report(inspect.most(), alarm.now())))));
  }

  Future<Void> close() {
    alarm.cancel();
    orders.end();
    List<Future<Void>> ends = subscriptions.stream().map(Subscription::end).toList();
    subscriptions.clear();
    return Future.join(ends).mapEmpty();
  }

  /** A bug broke off a step: its exchange fails, everybody else goes on. */
  private void mend(BusMessage message) {
    List<RoutingEffect> effects = scheduler.mend(message, orders::isOpen, alarm.now());
    boolean told = effects.stream().anyMatch(RoutingEffect.Fail.class::isInstance);
    if (message instanceof Submit submit && !told) {
      outbox.fail(submit);
    }
    apply(effects);
    apply(scheduler.tick(alarm.now()));
  }

  private void replan(Replanned replanned) {
    plan = replanned.plan();
    apply(scheduler.replan(plan, alarm.now()));
  }

  private List<RoutingEffect> effects(SlotReport report) {
    return switch (report) {
      case FirstToken first -> scheduler.firstToken(first, alarm.now());
      case Ended ended -> scheduler.finished(ended, alarm.now());
      case Started started -> started(started);
      case NoRoom full -> full(full);
      case Lost lost -> scheduler.lost(lost, alarm.now());
      case GhostGone gone -> scheduler.ghostGone(gone, alarm.now());
    };
  }

  private void apply(List<RoutingEffect> effects) {
    effects.forEach(this::apply);
    outbox.steps(scheduler.chronicle());
  }

  private void apply(RoutingEffect effect) {
    switch (effect) {
      case RoutingEffect.Start start -> start(start);
      case RoutingEffect.TakeOver over -> takeOver(over);
      case RoutingEffect.Note note -> outbox.note(note);
      case RoutingEffect.Happened happened -> outbox.happened(happened);
      case RoutingEffect.Correct correct -> corrected(correct);
      case RoutingEffect.Haunted haunted -> outbox.haunted(haunted);
      case RoutingEffect.Still still -> outbox.still(still);
      case RoutingEffect.Fail fail -> outbox.fail(fail);
      case RoutingEffect.Cancel cancel -> outbox.cancel(cancel);
      case RoutingEffect.Stop stop -> outbox.stop(stop);
      case RoutingEffect.Expect expect -> outbox.expect(expect);
      case RoutingEffect.Depth depth -> outbox.depth(depth);
      case RoutingEffect.WakeAt wake ->
          alarm.set(wake.instant(), () -> apply(scheduler.tick(alarm.now())));
      case RoutingEffect.Wait wait -> RoutingLog.waits(wait);
      case RoutingEffect.Refuse refuse -> RoutingLog.refused(refuse);
    }
  }

  private void corrected(RoutingEffect.Correct correct) {
    Corrected fact = correct.fact();
    RoutingLog.corrected(fact);
    outbox.note(new RoutingEffect.Note(fact));
  }

  private void start(RoutingEffect.Start start) {
    ordered(start);
    outbox.start(start);
  }

  private void takeOver(RoutingEffect.TakeOver over) {
    ordered(over.start());
    outbox.takeOver(over);
  }

  private void ordered(RoutingEffect.Start start) {
    ExchangeId exchange = start.submission().exchange();
    BackendId backend = start.placement().backend();
    RoutingLog.starts(exchange, backend, start.estimate());
    orders.given(exchange, backend);
  }

  /** An answer that comes too late changes nothing: that order has been given up. */
  private List<RoutingEffect> started(Started started) {
    if (orders.answered(started)) {
      scheduler.started(started.exchange());
    }
    return List.of();
  }

  private List<RoutingEffect> full(NoRoom full) {
    if (!orders.answered(full)) {
      return List.of();
    }
    RoutingLog.noRoom(full);
    return scheduler.returned(full.exchange(), full.backend(), alarm.now());
  }

  /**
   * An answer is overdue. Time alone does not tell whether the backend has taken it: after a pause
   * of the whole process its answer may lie behind whoever asks. What the backend says now, comes
   * after that answer.
   */
  private void inquire(PendingStarts.Order order) {
    RoutingLog.overdue(order);
    outbox
        .inquire(order.exchange(), order.backend())
        .onSuccess(found -> found(order, found.runs()))
        .onFailure(cause -> unanswered(order, cause));
  }

  private void unanswered(PendingStarts.Order order, Throwable cause) {
    if (!Bus.isLate(cause)) {
      found(order, false);
    } else if (orders.isOverdue(order)) {
      inquire(order);
    }
  }

  private void found(PendingStarts.Order order, boolean runs) {
    if (!orders.isOverdue(order)) {
      return;
    }
    if (runs) {
      apply(started(new Started(order.exchange(), order.backend())));
    } else {
      RoutingLog.noAnswer(order);
      apply(full(new NoRoom(order.exchange(), order.backend(), "it does not answer")));
    }
  }
}
