package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What would have been with other settings, and the answer. */
public sealed interface ReplayMessage extends BusMessage {
  /**
   * Replay what was asked for in this time, up to now.
   *
   * @param with settings that are different, by their names
   */
  record ReplayQuery(Duration since, Map<String, String> with) implements ReplayMessage {
    public ReplayQuery {
      with = Map.copyOf(with);
    }
  }

  /** The answer to {@link ReplayQuery}. */
  sealed interface ReplayReply extends ReplayMessage {}

  /**
   * What was, and what would have been.
   *
   * @param took milliseconds of computing
   * @param replayed with the settings that hold now, and then with the others
   * @param notes what limits it
   */
  record Replayed(
      int requests, long took, Figures recorded, List<Variant> replayed, List<String> notes)
      implements ReplayReply {
    public Replayed {
      replayed = List.copyOf(replayed);
      notes = List.copyOf(notes);
    }
  }

  /** It is not replayed. */
  record NotReplayed(Failure failure) implements ReplayReply {}

  /** What came of some settings. */
  record Variant(SortedMap<String, String> with, Figures figures) {
    public Variant {
      with = new TreeMap<>(with);
    }
  }

  /**
   * How it went; times are seconds.
   *
   * @param makespan from the first request to the end of the last answer
   * @param firstToken50 from the request to its first token, for half of them
   * @param firstToken95 the same for 95 %
   * @param hitShare of all prompt tokens, those that were cached
   */
  record Figures(double makespan, double firstToken50, double firstToken95, double hitShare) {}
}
