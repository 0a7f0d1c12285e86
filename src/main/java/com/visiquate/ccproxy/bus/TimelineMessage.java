package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What others ask of the timeline, and the answers. Moments are milliseconds since 1970. */
public sealed interface TimelineMessage extends BusMessage {
  /**
   * Who held which slot when?
   *
   * @param limit most stretches; of more the latest are told
   */
  record StretchesQuery(long from, long to, int limit) implements TimelineMessage {}

  /**
   * The answer to {@link StretchesQuery}.
   *
   * @param strings to which stretches point
   * @param truncated whether there are more
   */
  record StretchesFound(
      long from,
      long to,
      List<Lane> lanes,
      List<String> strings,
      List<Stretch> stretches,
      boolean truncated)
      implements TimelineMessage {
    public StretchesFound {
      lanes = List.copyOf(lanes);
      strings = List.copyOf(strings);
      stretches = List.copyOf(stretches);
    }
  }

  /** One slot of a backend. */
  record Lane(BackendId backend, int slot) {}

  /** What a stretch is. */
  enum Kind {
    QUEUE(0),
    LOAD(1),
    COMPUTED(2),
    CACHED(3),
    OUTPUT(4),
    HOLD(5),
    GHOST(6);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** By which clients know it. */
    public int number() {
      return number;
    }
  }

  /**
   * A time in which one thing went on. The last but one point into the strings.
   *
   * @param lane the number of the slot; -1 while it waits
   * @param tokens that were computed, cached or generated in it
   */
  record Stretch(
      int lane,
      Kind kind,
      long start,
      long end,
      int exchange,
      int client,
      int conversation,
      int model,
      int role,
      int tokens) {}

  /** Why did this request start as it did? */
  record DecisionQuery(ExchangeId exchange) implements TimelineMessage, AboutExchange {}

  /** The answer to {@link DecisionQuery}. */
  sealed interface DecisionReply extends TimelineMessage {}

  /**
   * It started so.
   *
   * @param queued milliseconds for which it had waited
   */
  record DecisionFound(
      ExchangeId exchange,
      long started,
      BackendId backend,
      int slot,
      long queued,
      int promptTokens,
      int cachedTokens,
      Decision decision)
      implements DecisionReply {}

  /** Nothing is known of it any more, or it has not started. */
  record DecisionUnknown(ExchangeId exchange) implements DecisionReply {}

  /**
   * What ran to its end since then?
   *
   * @param most of more the latest are told
   */
  record RunsQuery(long from, int most) implements TimelineMessage {}

  /**
   * The answer to {@link RunsQuery}.
   *
   * @param runs by the time when they were asked for
   * @param others requests of that time that were not answered to their end
   * @param truncated whether there were more runs
   */
  record RunsFound(List<PastRun> runs, int others, boolean truncated) implements TimelineMessage {
    public RunsFound {
      runs = List.copyOf(runs);
    }
  }

  /**
   * A request that was answered.
   *
   * @param role its tools and first instructions as a number; requests of one role share it
   * @param roleTokens how long those are
   * @param turn its prompt as a number
   * @param continued the {@code turn} of the request that it continues; 0 when it is a first one
   * @param born when it was asked for
   * @param spoke when it began to answer
   * @param calls whether its answer called tools
   */
  record PastRun(
      ExchangeId exchange,
      ModelName model,
      String alias,
      Operation operation,
      String client,
      @Nullable String conversation,
      Priority priority,
      String role,
      int roleTokens,
      int turn,
      int continued,
      BackendId backend,
      long born,
      long started,
      long spoke,
      long ended,
      Counts counts,
      boolean calls) {}
}
