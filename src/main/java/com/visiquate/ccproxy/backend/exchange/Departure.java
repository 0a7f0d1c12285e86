package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.OllamaVersion;
import com.visiquate.ccproxy.fleet.Reading;
import java.time.Duration;

/**
 * What becomes of a prompt whose client leaves before the first token.
 *
 * @param settling how long its slot is taken after its connection was closed
 */
public record Departure(Kind kind, Duration settling) {
  /** In general. */
  enum Kind {
    /**
     * Ollama computes it to its end whatever we do, so its connection tells when the slot is free.
     */
    FINISHES,
    /** Closing would abort the load of the model, so it stays until the model is in memory. */
    LOADS,
    /** Ollama stops at the end of its batch after the connection was closed. */
    STOPS
  }

  public static final Departure FINISHES = new Departure(Kind.FINISHES, Duration.ZERO);
  public static final Departure LOADS = new Departure(Kind.LOADS, BatchEnd.POLL);
  public static final Departure STOPS = new Departure(Kind.STOPS, BatchEnd.POLL);

  /** No prompt takes longer: after that the connection of a ghost is closed. */
  static final Duration HAUNT = Duration.ofMinutes(30);

  /**
   * The rule for one request.
   *
   * @param version as reported; empty when not known, which counts as the older line: there, taking
   *     a slot for free makes the next request wait for the whole prompt
   */
  public static Departure of(GhostRule rule, String version, boolean resident) {
    boolean stops =
        switch (rule) {
          case AUTO -> OllamaVersion.of(version).isNewerLine();
          case FINISHES -> false;
          case STOPS -> true;
        };
    if (!stops) {
      return FINISHES;
    }
    return resident ? STOPS : LOADS;
  }

  /** The same for one of which so much is expected, so long after it was sent. */
  public Departure during(Reading reading, Duration sent) {
    BatchEnd end = new BatchEnd(reading);
    return switch (kind) {
      case FINISHES -> this;
      case LOADS -> new Departure(kind, end.latest());
      case STOPS -> new Departure(kind, end.after(sent));
    };
  }
}
