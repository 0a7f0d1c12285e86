package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.TimelineMessage.Kind;
import com.visiquate.ccproxy.bus.TimelineMessage.Stretch;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesFound;
import com.visiquate.ccproxy.bus.TimelineMessage.StretchesQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stretches of some rows within one time; owns the texts that they point to. */
final class Drawing {
  private final StretchesQuery query;
  private final Index index;
  private final long now;
  private final List<Stretch> stretches = new ArrayList<>();
  private final List<String> strings = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();
  private boolean truncated;

  /**
   * An empty one.
   *
   * @param now what is not over goes on until then
   */
  Drawing(StretchesQuery query, Index index, long now) {
    this.query = query;
    this.index = index;
    this.now = now;
  }

  /** Draws a block of rows that are over, the latest first. */
  void draw(Block block) {
    if (block.overlaps(query.from(), query.to())) {
      drawAll(block);
    }
  }

  /** Draws a block whose rows may go on until now. */
  void drawAll(Block block) {
    for (int row = block.rows() - 1; row >= 0 && !truncated; row--) {
      Sketch sketch = new Sketch(block, row);
      if (sketch.begin() <= query.to() && sketch.end() >= query.from()) {
        sketch.draw();
        truncated = stretches.size() >= query.limit();
      }
    }
  }

  StretchesFound found() {
    return new StretchesFound(
        query.from(), query.to(), index.lanes(), strings, stretches, truncated);
  }

  private int number(String text) {
    return numbers.computeIfAbsent(
        text,
        missing -> {
          strings.add(missing);
          return strings.size() - 1;
        });
  }

  /** One row. */
  private final class Sketch {
    private final Block block;
    private final int row;

    Sketch(Block block, int row) {
      this.block = block;
      this.row = row;
    }

    long begin() {
      Field first = block.has(row, Field.QUEUED) ? Field.QUEUED : Field.STARTED;
      return block.moment(row, first);
    }

    /** The end of its hold or ghost included. */
    long end() {
      return haunts() ? now : moment(Field.AFTER, moment(Field.ENDED, now));
    }

    /** Whether its ghost is still there. */
    private boolean haunts() {
      return isGhost() && !block.has(row, Field.AFTER);
    }

    private boolean isGhost() {
      return Flags.of(block.get(row, Field.FLAGS)).ghost();
    }

    void draw() {
      Profile profile = block.profile(row);
      int exchange = number(block.id(row, Field.ID).value());
      Pen pen =
          new Pen(
              exchange,
              number(profile.client()),
              number(profile.conversation() == null ? "" : profile.conversation()),
              number(profile.model().value()),
              number(profile.role()));
      boolean ran = block.has(row, Field.STARTED);
      if (block.has(row, Field.QUEUED)) {
        long waited = ran ? block.moment(row, Field.STARTED) : moment(Field.ENDED, now);
        pen.draw(-1, Kind.QUEUE, block.moment(row, Field.QUEUED), waited, 0);
      }
      if (ran) {
        run(pen);
      }
    }

    private void run(Pen pen) {
      int lane = block.get(row, Field.LANE);
      long started = block.moment(row, Field.STARTED);
      long ended = moment(Field.ENDED, now);
      long spoke = moment(Field.SPOKE, ended);
      long load = block.has(row, Field.LOAD) ? block.get(row, Field.LOAD) : 0;
      long loaded = Math.min(spoke, started + load);
      int cached = block.get(row, Field.CACHED_TOKENS);
      int computed = block.get(row, Field.PROMPT_TOKENS) - cached;
      pen.draw(lane, Kind.LOAD, started, loaded, 0);
      pen.draw(lane, Kind.COMPUTED, loaded, spoke, computed);
      if (cached > 0) {
        pen.mark(lane, loaded, cached);
      }
      pen.draw(lane, Kind.OUTPUT, spoke, ended, block.get(row, Field.OUTPUT_TOKENS));
      pen.draw(lane, isGhost() ? Kind.GHOST : Kind.HOLD, ended, end(), 0);
    }

    private long moment(Field field, long otherwise) {
      return block.has(row, field) ? block.moment(row, field) : otherwise;
    }
  }

  /** Draws what belongs to one request. */
  private final class Pen {
    private final int exchange;
    private final int client;
    private final int conversation;
    private final int model;
    private final int role;

    Pen(int exchange, int client, int conversation, int model, int role) {
      this.exchange = exchange;
      this.client = client;
      this.conversation = conversation;
      this.model = model;
      this.role = role;
    }

    void draw(int lane, Kind kind, long start, long end, int tokens) {
      if (end > start) {
        add(lane, kind, start, end, tokens);
      }
    }

    void mark(int lane, long at, int tokens) {
      add(lane, Kind.CACHED, at, at, tokens);
    }

    private void add(int lane, Kind kind, long start, long end, int tokens) {
      stretches.add(
          new Stretch(lane, kind, start, end, exchange, client, conversation, model, role, tokens));
    }
  }
}
