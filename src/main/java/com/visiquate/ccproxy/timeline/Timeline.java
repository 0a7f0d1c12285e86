package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.ScheduleStep;
import com.visiquate.ccproxy.bus.ScheduleStep.GhostFaded;
import com.visiquate.ccproxy.bus.ScheduleStep.Placed;
import com.visiquate.ccproxy.bus.ScheduleStep.Queued;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotEnded;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotKept;
import com.visiquate.ccproxy.bus.ScheduleStep.Spoke;
import com.visiquate.ccproxy.bus.ScheduleStep.Withdrawn;
import com.visiquate.ccproxy.bus.TimelineMessage.DecisionReply;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsFound;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsQuery;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesFound;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesQuery;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who held which slot when, for some hours and within some bytes. Steps go in, answers come out;
 * the oldest is forgotten first, block by block.
 */
public final class Timeline {
  /** Rows of a block: some hundred kilobytes, which no collector takes for huge. */
  private static final int ROWS = 2_048;

  /** Requests that wait or run at the same time; beyond that the oldest are not drawn. */
  private static final int MOST_OPEN = 50_000;

  private final Duration longest;
  private final long mostBytes;
  private final Deque<Block> blocks = new ArrayDeque<>();
  private final Map<ExchangeId, Draft> open = new LinkedHashMap<>();
  private final Index index = new Index();

  /** The last row of each slot, whose hold ends when the next one begins. */
  private final Map<Integer, Written> lastOfLane = new HashMap<>();

  private record Written(Block block, int row, ExchangeId exchange) {}

  /**
   * An empty one.
   *
   * @param longest older is forgotten
   * @param mostBytes of all that is kept
   */
  public Timeline(Duration longest, long mostBytes) {
    this.longest = longest;
    this.mostBytes = mostBytes;
  }

  /** What has happened next. */
  public void happened(ScheduleStep step) {
    switch (step) {
      case Queued queued -> open(new Draft(step.exchange(), queued.subject(), step.at()));
      case Placed placed -> placed(placed);
      case Spoke spoke -> {
        Draft draft = open.get(step.exchange());
        if (draft != null) {
          draft.spoke(step.at());
        }
      }
      case SlotEnded ended -> ended(ended);
      case Withdrawn withdrawn -> over(step);
      case GhostFaded faded -> over(step);
      case SlotKept kept -> kept(kept);
    }
  }

  /** Who held which slot when. */
  public StretchesFound find(StretchesQuery query, Instant now) {
    Drawing drawing = new Drawing(query, index, now.toEpochMilli());
    drawing.drawAll(unfinished());
    blocks.descendingIterator().forEachRemaining(drawing::draw);
    return drawing.found();
  }

  /** Why this one started as it did, the last time. */
  public DecisionReply decision(ExchangeId exchange) {
    return Recollection.decision(exchange, newestFirst(), index);
  }

  /** What was answered to its end since then. */
  public RunsFound runs(RunsQuery query) {
    return Recollection.runs(query, newestFirst(), index);
  }

  /** About how much memory all of it takes, at most. */
  public long bytes() {
    long bytes = 0;
    for (Block block : blocks) {
      bytes += block.bytes();
    }
    return bytes;
  }

  /** How many waits and runs are kept. */
  public long rows() {
    return blocks.stream().mapToLong(Block::rows).sum();
  }

  private Iterator<Block> newestFirst() {
    List<Block> all = new ArrayList<>(blocks.size() + 1);
    all.add(unfinished());
    blocks.descendingIterator().forEachRemaining(all::add);
    return all.iterator();
  }

  /** Those that wait or run, as rows. */
  private Block unfinished() {
    long base = open.isEmpty() ? 0 : base(open.values().iterator().next());
    Block block = new Block(base, open.size());
    for (Draft draft : open.values()) {
      draft.write(block, index);
    }
    return block;
  }

  private void open(Draft draft) {
    open.remove(draft.exchange());
    if (open.size() >= MOST_OPEN) {
      open.remove(open.keySet().iterator().next());
    }
    open.put(draft.exchange(), draft);
  }

  private void placed(Placed placed) {
    Draft waiting = open.get(placed.exchange());
    if (waiting == null || waiting.placed() != null) {
      waiting = new Draft(placed.exchange(), placed.subject(), null);
      open(waiting);
    }
    waiting.placed(placed);
    Written before = lastOfLane.remove(index.lane(placed.backend(), placed.slot()));
    if (before != null) {
      keptUntil(before, placed.at().toEpochMilli());
    }
  }

  /** A hold is over when the next request begins. */
  private static void keptUntil(Written row, long at) {
    Block block = row.block();
    boolean ghost = Flags.of(block.get(row.row(), Field.FLAGS)).ghost();
    if (!ghost && block.has(row.row(), Field.AFTER) && block.moment(row.row(), Field.AFTER) > at) {
      block.moment(row.row(), Field.AFTER, at);
    }
  }

  private void ended(SlotEnded ended) {
    Draft draft = open.get(ended.exchange());
    if (draft != null) {
      draft.ended(ended);
      if (!ended.ghost()) {
        over(ended);
      }
    }
  }

  private void over(ScheduleStep step) {
    Draft draft = open.remove(step.exchange());
    if (draft != null) {
      draft.over(step.at());
      write(draft, step.at());
    }
  }

  private void write(Draft draft, Instant now) {
    Block block = current(base(draft), now);
    int row = draft.write(block, index);
    Placed run = draft.placed();
    if (run != null) {
      lastOfLane.put(
          index.lane(run.backend(), run.slot()), new Written(block, row, draft.exchange()));
    }
  }

  private void kept(SlotKept kept) {
    for (Map.Entry<Integer, Written> last : lastOfLane.entrySet()) {
      Written row = last.getValue();
      boolean same = index.lane(last.getKey()).backend().equals(kept.backend());
      if (same && row.exchange().equals(kept.exchange())) {
        row.block().moment(row.row(), Field.AFTER, kept.until().toEpochMilli());
      }
    }
  }

  /** A block is counted from when its first request began. */
  private static long base(Draft draft) {
    return draft.born().toEpochMilli();
  }

  private Block current(long base, Instant now) {
    Block newest = blocks.peekLast();
    if (newest == null || newest.isFull()) {
      if (newest != null) {
        newest.seal();
      }
      newest = new Block(base, ROWS);
      blocks.addLast(newest);
      forget(now);
    }
    return newest;
  }

  private void forget(Instant now) {
    long oldest = now.minus(longest).toEpochMilli();
    long bytes = bytes();
    Block first = blocks.peekFirst();
    while (blocks.size() > 1 && first != null && (first.last() < oldest || bytes > mostBytes)) {
      bytes -= first.bytes();
      Block gone = blocks.removeFirst();
      lastOfLane.values().removeIf(row -> row.block() == gone);
      first = blocks.peekFirst();
    }
  }
}
