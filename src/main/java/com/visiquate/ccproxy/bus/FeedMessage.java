package com.visiquate.ccproxy.bus;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the console tells all who watch it, and how they begin. */
public sealed interface FeedMessage extends BusMessage {
  /**
   * Somebody begins to watch, or has missed something.
   *
   * @param last the version that he knows; null when he knows none
   * @param anew whether he waits for the next look, because he asks once
   */
  record Watch(@Nullable String last, boolean anew) implements FeedMessage {}

  /** All that he needs to be up to date, in order. */
  record Watched(List<Frame> frames) implements FeedMessage {
    public Watched {
      frames = List.copyOf(frames);
    }
  }

  /**
   * A piece of the stream, the same bytes for everybody.
   *
   * @param base the version that it goes on from; empty for what says all
   * @param version the version that it leads to; that of its base when nothing has changed
   * @param bytes handed on, never changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Frame(String base, String version, byte[] bytes) implements FeedMessage {
    public boolean isWhole() {
      return base.isEmpty();
    }
  }
}
