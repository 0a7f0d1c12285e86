package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.bus.BusMessage.Ended;
import com.visiquate.ccproxy.bus.BusMessage.SlotReport;
import com.visiquate.ccproxy.bus.ScheduleEvent.PromptCached;
import com.visiquate.ccproxy.bus.ScheduleStep.GhostFaded;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotEnded;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotKept;
import com.visiquate.ccproxy.bus.ScheduleStep.Spoke;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.cache.CachedPrompt;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Notes what became of slots, as far as somebody listens: ends, ghosts, and for how long kept. */
public final class SlotSteps {
  private final Chronicle chronicle;
  private final Estimator estimator;
  private final Holds holds;

  public SlotSteps(Chronicle chronicle, Estimator estimator, Holds holds) {
    this.chronicle = chronicle;
    this.estimator = estimator;
    this.holds = holds;
  }

  public void spoke(SlotReport report, Instant now) {
    chronicle.note(() -> new Spoke(report.exchange(), now, report.backend()));
  }

  /**
   * It has ended there.
   *
   * @param learnt what was learnt of it
   */
  public void ended(
      Ended report, TakenSlot taken, BackendView view, List<RoutingEffect> learnt, Instant now) {
    chronicle.note(
        () ->
            new SlotEnded(
                report.exchange(),
                now,
                report.backend(),
                report.outcome(),
                counts(report.counts(), taken, view, learnt),
                calls(report),
                report.ghost()));
  }

  /** The backend gave it back, and it may run elsewhere. */
  public void givenBack(ExchangeId exchange, BackendId backend, Instant now) {
    chronicle.note(() -> new SlotEnded(exchange, now, backend, null, Counts.NONE, false, false));
  }

  public void faded(SlotReport report, Instant now) {
    chronicle.note(() -> new GhostFaded(report.exchange(), now, report.backend()));
  }

  /** It has left this behind; its conversation may be waited for. */
  public void left(ExchangeId exchange, CachedPrompt cached, BackendView view, Instant now) {
    if (!chronicle.isHeard()) {
      return;
    }
    Duration kept = holds.against(cached, estimator.rate(view, cached.model()));
    if (kept.isPositive()) {
      chronicle.note(() -> new SlotKept(exchange, now, view.id(), now.plus(kept)));
    }
  }

  /** What Ollama does not say of its cache is what was learnt of it, or else thought. */
  private Counts counts(
      Counts counts, TakenSlot taken, BackendView view, List<RoutingEffect> learnt) {
    int cached = counts.cachedTokens();
    for (RoutingEffect effect : learnt) {
      if (effect instanceof RoutingEffect.Happened(PromptCached known)) {
        cached = known.cached();
      }
    }
    boolean told = !learnt.isEmpty() || cached > 0;
    cached = told ? cached : estimator.rate(view, taken.model()).tokens(taken.lease().kept());
    return counts.withCached(Math.min(counts.promptTokens(), cached));
  }

  private static boolean calls(Ended report) {
    Message.Assistant answer = report.answer();
    return answer != null && !answer.calls().isEmpty();
  }
}
