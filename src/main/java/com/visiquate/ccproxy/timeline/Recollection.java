package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Decision.Rule;
import com.visiquate.ccproxy.bus.Decision.Terms;
import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionFound;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionReply;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionUnknown;
import com.visiquate.ccproxy.bus.TimelineMessage.Lane;
import com.visiquate.ccproxy.bus.TimelineMessage.PastRun;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsFound;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsQuery;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;

/** Reads rows back: one decision, or all runs of a time. */
final class Recollection {
  private static final double SECOND = 1e9;
  private static final long MILLI = 1_000_000;

  private Recollection() {}

  static DecisionReply decision(ExchangeId exchange, Iterator<Block> newestFirst, Index index) {
    while (newestFirst.hasNext()) {
      Block block = newestFirst.next();
      int row = block.lastRun(exchange);
      if (row >= 0) {
        return decision(block, row, index);
      }
    }
    return new DecisionUnknown(exchange);
  }

  static RunsFound runs(RunsQuery query, Iterator<Block> newestFirst, Index index) {
    List<PastRun> runs = new ArrayList<>();
    int others = 0;
    boolean truncated = false;
    while (newestFirst.hasNext() && !truncated) {
      Block block = newestFirst.next();
      for (int row = block.rows() - 1; row >= 0 && !truncated; row--) {
        if (block.moment(row, Field.BORN) < query.from()) {
          continue;
        }
        if (isAnswered(block, row)) {
          runs.add(run(block, row, index));
          truncated = runs.size() >= query.most();
        } else {
          others++;
        }
      }
    }
    runs.sort(Comparator.comparingLong(PastRun::born));
    return new RunsFound(runs, others, truncated);
  }

  private static boolean isAnswered(Block block, int row) {
    boolean whole = block.has(row, Field.SPOKE) && block.has(row, Field.ENDED);
    return whole && Flags.of(block.get(row, Field.FLAGS)).outcome() == Outcome.COMPLETED;
  }

  private static PastRun run(Block block, int row, Index index) {
    Profile profile = block.profile(row);
    return new PastRun(
        block.id(row, Field.ID),
        profile.model(),
        profile.alias(),
        profile.operation(),
        profile.client(),
        profile.conversation(),
        profile.priority(),
        profile.role(),
        block.get(row, Field.ROLE_TOKENS),
        block.get(row, Field.TURN),
        block.get(row, Field.CONTINUED),
        index.lane(block.get(row, Field.LANE)).backend(),
        block.moment(row, Field.BORN),
        block.moment(row, Field.STARTED),
        block.moment(row, Field.SPOKE),
        block.moment(row, Field.ENDED),
        counts(block, row),
        Flags.of(block.get(row, Field.FLAGS)).calls());
  }

  private static Counts counts(Block block, int row) {
    return new Counts(
        block.get(row, Field.PROMPT_TOKENS),
        block.get(row, Field.CACHED_TOKENS),
        block.get(row, Field.OUTPUT_TOKENS),
        block.get(row, Field.LOAD) * MILLI,
        block.get(row, Field.PROMPT) * MILLI,
        MILLI * (block.get(row, Field.ENDED) - block.get(row, Field.SPOKE)));
  }

  private static DecisionFound decision(Block block, int row, Index index) {
    Lane lane = index.lane(block.get(row, Field.LANE));
    long started = block.moment(row, Field.STARTED);
    return new DecisionFound(
        block.id(row, Field.ID),
        started,
        lane.backend(),
        lane.slot(),
        block.has(row, Field.QUEUED) ? started - block.moment(row, Field.QUEUED) : 0,
        block.get(row, Field.PROMPT_TOKENS),
        block.get(row, Field.CACHED_TOKENS),
        weighed(block, row, lane.backend(), index));
  }

  private static Decision weighed(Block block, int row, BackendId backend, Index index) {
    Rule rule = Flags.of(block.get(row, Field.FLAGS)).rule();
    boolean chosen = block.has(row, Field.CHOSEN);
    boolean next = block.has(row, Field.NEXT_BACKEND);
    return new Decision(
        rule,
        chosen
            ? new Weighed(block.id(row, Field.ID), backend, terms(block, row, Field.CHOSEN))
            : null,
        next
            ? new Weighed(
                block.id(row, Field.NEXT_ID),
                index.backend(block.get(row, Field.NEXT_BACKEND)),
                terms(block, row, Field.NEXT))
            : null);
  }

  private static Terms terms(Block block, int row, Field field) {
    return new Terms(
        nanos(block, row, field, 0),
        nanos(block, row, field, 1),
        nanos(block, row, field, 2),
        nanos(block, row, field, 3),
        nanos(block, row, field, 4),
        nanos(block, row, field, 5),
        nanos(block, row, field, 6),
        nanos(block, row, field, 7),
        nanos(block, row, field, 8));
  }

  private static long nanos(Block block, int row, Field field, int term) {
    return Math.round(SECOND * block.number(row, field, term));
  }
}
