package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.Fact;
import com.visiquate.ccproxy.bus.ScheduleEvent.PrefixLost;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.request.Work;
import java.time.Duration;
import java.time.Instant;

/** Checks every number that a scheduler says: none is negative, none exceeds its bound. */
final class ChaosEstimates {
  private final String world;

  ChaosEstimates(String world) {
    this.world = world;
  }

  /** What it says to the world. */
  void check(RoutingEffect effect, Duration residency) {
    switch (effect) {
      case RoutingEffect.Start start -> check(start.estimate());
      case RoutingEffect.TakeOver over -> check(over.start().estimate());
      case RoutingEffect.Wait wait -> notNegative(wait.estimate(), effect);
      case RoutingEffect.Refuse refuse -> notNegative(refuse.estimate(), effect);
      case RoutingEffect.Still still -> notNegative(still.estimate(), effect);
      case RoutingEffect.Expect expect -> that(expect.waiting() >= 0, effect);
      case RoutingEffect.Depth depth -> that(depth.waiting() >= 0, effect);
      case RoutingEffect.Note note -> check(note.fact(), residency);
      case RoutingEffect.Happened(PrefixLost lost) ->
          that(lost.lost() > 0 && lost.prompt() > 0, lost);
      case RoutingEffect.Happened happened -> {}
      case RoutingEffect.Fail fail -> {}
      case RoutingEffect.Correct correct -> {}
      case RoutingEffect.Haunted haunted -> {}
      case RoutingEffect.Cancel cancel -> {}
      case RoutingEffect.Stop stop -> {}
      case RoutingEffect.WakeAt wake -> {}
    }
  }

  private void check(Estimate estimate) {
    Work work = estimate.work();
    that(work.load() >= 0 && work.prompt() >= 0 && work.output() >= 0, estimate);
    that(estimate.untilFree() >= 0 && estimate.others() >= 0, estimate);
    that(estimate.loss() >= 0 && estimate.stall() >= 0, estimate);
    that(estimate.cachedTokens() >= 0, estimate);
    that(estimate.cachedTokens() <= estimate.promptTokens(), estimate);
  }

  private void check(Fact fact, Duration residency) {
    if (fact instanceof Fact.SlotHeld held) {
      notNegative(held.held(), fact);
      that(held.held().compareTo(residency) <= 0, fact);
    } else if (fact instanceof Fact.FirstTokenSeen seen) {
      notNegative(seen.expected(), fact);
      notNegative(seen.actual(), fact);
    } else if (fact instanceof Fact.PrefixSeen seen) {
      that(seen.expected() >= 0 && seen.expected() <= seen.tokens(), fact);
      that(seen.observed() >= 0 && seen.observed() <= seen.tokens(), fact);
    }
  }

  /** What operators see is what is. */
  void look(QueueReport report, ChaosBooks books, Duration residency) {
    int waiting = 0;
    int taken = 0;
    for (QueueReport.Model model : report.models()) {
      waiting += model.size();
      for (QueueReport.Waiting one : model.front()) {
        notNegative(one.estimate(), one);
        notNegative(one.waited(), one);
      }
    }
    for (QueueReport.Backend backend : report.backends()) {
      taken += backend.taken().size();
      that(backend.taken().size() == books.taken(backend.id()), backend);
      backend.taken().forEach(one -> notNegative(one.left(), one));
      Instant latest = report.at().plus(residency);
      backend.held().forEach(one -> that(!one.until().isAfter(latest), one));
    }
    that(taken == books.running().size() + books.ghosts().size(), report);
    that(waiting == books.waiting().size(), report);
  }

  private void notNegative(Duration duration, Object about) {
    that(!duration.isNegative(), about);
  }

  private void that(boolean holds, Object about) {
    if (!holds) {
      throw new AssertionError(world + ": " + about);
    }
  }
}
