package com.visiquate.ccproxy.cluster.core;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.FirstToken;
import com.visiquate.ccproxy.bus.BusMessage.GhostGone;
import com.visiquate.ccproxy.bus.BusMessage.Lost;
import com.visiquate.ccproxy.bus.BusMessage.NoRoom;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.BusMessage.Started;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.SuccessionMessage;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Submission;
import com.visiquate.ccproxy.routing.schedule.Reception;
import com.visiquate.ccproxy.routing.schedule.Scheduler;
import com.visiquate.ccproxy.routing.schedule.Succession.Inherited;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/** The real scheduler, and what stands around it on a node that leads. */
final class SimRouting {
  private final Scheduler scheduler;
  private final SimNode node;
  private boolean ended;

  SimRouting(FleetPlan plan, SimNode node, long seed) {
    this.node = node;
    scheduler = new Scheduler(plan, new SplittableRandom(seed), node.now());
  }

  void end() {
    ended = true;
  }

  int open() {
    return scheduler.openExchanges();
  }

  void hear(NodeEffect.ToRouting effect) {
    Instant now = node.now();
    switch (effect) {
      case NodeEffect.Submit(var submit) ->
          received(submit, scheduler.submit(submission(submit), now));
      case NodeEffect.Leave(var leave) -> apply(scheduler.left(leave.exchange(), leave.why(), now));
      case NodeEffect.Report(var report) -> apply(effects(report, now));
      case NodeEffect.Status(var status) -> apply(scheduler.status(status, now));
      case NodeEffect.Succeed(SuccessionMessage.Resubmit(var submit, var age)) ->
          received(
              submit, scheduler.succession().resubmit(submission(submit), now.minus(age), now));
      case NodeEffect.Succeed(SuccessionMessage.Remember(var start, var client, var end)) -> {
        scheduler
            .succession()
            .remember(
                new Inherited(submission(start, client), end.backend(), now, true, true), now);
        apply(scheduler.finished(end, now));
      }
      case NodeEffect.Succeed(SuccessionMessage.Adopt adopt) ->
          apply(scheduler.succession().adopt(inherited(adopt, now), now));
    }
  }

  private void received(Submit submit, Reception reception) {
    node.does(
        node.core()
            .answer(new BusMessage.Answered(submit.exchange(), reception.admission()), node.now()));
    apply(reception.effects());
  }

  private List<RoutingEffect> effects(SlotReport report, Instant now) {
    return switch (report) {
      case FirstToken first -> scheduler.firstToken(first, now);
      case Ended end -> scheduler.finished(end, now);
      case Started started -> {
        scheduler.started(started.exchange());
        yield List.of();
      }
      case NoRoom full -> scheduler.returned(full.exchange(), full.backend(), now);
      case Lost lost -> scheduler.lost(lost, now);
      case GhostGone gone -> scheduler.ghostGone(gone, now);
    };
  }

  private static Submission submission(Submit submit) {
    Priority asked = submit.priority();
    return new Submission(
        submit.exchange(),
        submit.ingress(),
        new ModelName(submit.request().model()),
        submit.request(),
        asked == null ? Priority.NORMAL : asked,
        submit.client(),
        submit.deadline(),
        submit.fallback(),
        submit.whole(),
        submit.conversation());
  }

  private static Inherited inherited(SuccessionMessage.Adopt adopt, Instant now) {
    return new Inherited(
        submission(adopt.start(), adopt.client()),
        adopt.backend(),
        now.minus(adopt.since()),
        adopt.spoke(),
        adopt.ghost());
  }

  private static Submission submission(BusMessage.Start start, ClientId client) {
    return new Submission(
        start.exchange(),
        start.ingress(),
        start.model().name(),
        start.request(),
        Priority.NORMAL,
        client,
        start.deadline());
  }

  private void apply(List<RoutingEffect> effects) {
    effects.forEach(this::apply);
  }

  private void apply(RoutingEffect effect) {
    ClusterNode core = node.core();
    Instant now = node.now();
    switch (effect) {
      case RoutingEffect.Start start ->
          node.does(core.order(start.placement().backend(), message(start), now));
      case RoutingEffect.TakeOver over ->
          node.does(
              core.order(
                  over.start().placement().backend(),
                  new BusMessage.TakeOver(message(over.start()), over.from()),
                  now));
      case RoutingEffect.Still still ->
          node.does(
              core.answer(
                  new BusMessage.StillWaiting(
                      still.submission().exchange(), still.place(), still.estimate()),
                  now));
      case RoutingEffect.Fail fail ->
          node.does(
              core.answer(
                  new BusMessage.Broke(
                      fail.submission().exchange(),
                      fail.placement(),
                      fail.failure(),
                      fail.outcome()),
                  now));
      case RoutingEffect.Stop stop ->
          node.does(
              core.control(stop.backend(), new BusMessage.Stop(stop.exchange(), stop.why()), now));
      case RoutingEffect.WakeAt wake ->
          node.at(
              wake.instant(),
              () -> {
                if (!ended) {
                  node.step(() -> apply(scheduler.tick(node.now())));
                }
              });
      default -> {}
    }
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
}
