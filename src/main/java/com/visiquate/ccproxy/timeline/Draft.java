package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Decision.Rule;
import com.visiquate.ccproxy.bus.Decision.Terms;
import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.bus.ScheduleStep.Placed;
import com.visiquate.ccproxy.bus.ScheduleStep.Shape;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotEnded;
import com.visiquate.ccproxy.bus.ScheduleStep.Subject;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One wait and one run of a request, while it is not over; its row is written at its end. */
final class Draft {
  private static final double SECOND = 1e9;
  private static final long MILLI = 1_000_000;

  private final ExchangeId exchange;
  private final Subject subject;

  /** Since when it waits; null when it got its slot at once. */
  private final @Nullable Instant queued;

  private @Nullable Placed placed;
  private @Nullable Instant spoke;
  private @Nullable SlotEnded ended;
  private @Nullable Instant over;

  Draft(ExchangeId exchange, Subject subject, @Nullable Instant queued) {
    this.exchange = exchange;
    this.subject = subject;
    this.queued = queued;
  }

  @Nullable Placed placed() {
    return placed;
  }

  /** Since when it wants an answer. */
  Instant born() {
    return subject.born();
  }

  ExchangeId exchange() {
    return exchange;
  }

  void placed(Placed step) {
    placed = step;
  }

  void spoke(Instant at) {
    spoke = at;
  }

  void ended(SlotEnded step) {
    ended = step;
  }

  /** Its slot is free, or it waits no longer. */
  void over(Instant at) {
    over = at;
  }

  /** Writes it down as far as it has come. */
  int write(Block block, Index lanes) {
    int row = block.add();
    block.id(row, Field.ID, exchange);
    block.profile(row, Profile.of(subject));
    block.moment(row, Field.BORN, subject.born().toEpochMilli());
    if (queued != null) {
      block.moment(row, Field.QUEUED, queued.toEpochMilli());
    }
    Shape shape = subject.prompt();
    block.set(row, Field.TURN, Long.hashCode(shape.turn()));
    block.set(row, Field.CONTINUED, Long.hashCode(shape.continued()));
    Placed run = placed;
    if (run == null) {
      if (over != null) {
        block.moment(row, Field.ENDED, over.toEpochMilli());
      }
      block.set(row, Field.FLAGS, new Flags(Rule.ARRIVAL, null, false, false).cell());
    } else {
      run(block, row, run, lanes);
    }
    return row;
  }

  private void run(Block block, int row, Placed run, Index lanes) {
    block.set(row, Field.LANE, lanes.lane(run.backend(), run.slot()));
    block.moment(row, Field.STARTED, run.at().toEpochMilli());
    if (spoke != null) {
      block.moment(row, Field.SPOKE, spoke.toEpochMilli());
    }
    block.set(row, Field.PROMPT_TOKENS, run.promptTokens());
    block.set(row, Field.CACHED_TOKENS, run.cachedTokens());
    block.set(row, Field.OUTPUT_TOKENS, 0);
    SlotEnded end = ended;
    if (end != null) {
      ended(block, row, end);
    }
    Shape shape = subject.prompt();
    double share = (double) shape.roleCharacters() / Math.max(1, shape.characters());
    int role = (int) Math.round(share * block.get(row, Field.PROMPT_TOKENS));
    block.set(row, Field.ROLE_TOKENS, role);
    Decision decision = run.decision();
    Flags flags =
        end == null
            ? new Flags(decision.rule(), null, false, false)
            : new Flags(decision.rule(), end.outcome(), end.calls(), end.ghost());
    block.set(row, Field.FLAGS, flags.cell());
    decided(block, row, decision, lanes);
  }

  private void ended(Block block, int row, SlotEnded end) {
    block.moment(row, Field.ENDED, end.at().toEpochMilli());
    if (end.ghost() && over != null) {
      block.moment(row, Field.AFTER, over.toEpochMilli());
    }
    Counts counts = end.counts();
    if (counts.promptTokens() > 0) {
      block.set(row, Field.PROMPT_TOKENS, counts.promptTokens());
      block.set(row, Field.CACHED_TOKENS, counts.cachedTokens());
    }
    block.set(row, Field.OUTPUT_TOKENS, counts.outputTokens());
    block.set(row, Field.LOAD, (int) (counts.loadNanos() / MILLI));
    block.set(row, Field.PROMPT, (int) (counts.promptNanos() / MILLI));
  }

  private static void decided(Block block, int row, Decision decision, Index lanes) {
    Weighed chosen = decision.chosen();
    if (chosen != null) {
      terms(block, row, Field.CHOSEN, chosen.terms());
    }
    Weighed next = decision.next();
    if (next != null) {
      block.id(row, Field.NEXT_ID, next.exchange());
      block.set(row, Field.NEXT_BACKEND, lanes.backend(next.backend()));
      terms(block, row, Field.NEXT, next.terms());
    }
  }

  private static void terms(Block block, int row, Field field, Terms terms) {
    double[] all = {
      terms.untilFree(),
      terms.others(),
      terms.load(),
      terms.prompt(),
      terms.loss(),
      terms.stall(),
      terms.output(),
      terms.fairness(),
      terms.waiting()
    };
    for (int i = 0; i < all.length; i++) {
      block.number(row, field, i, all[i] / SECOND);
    }
  }
}
