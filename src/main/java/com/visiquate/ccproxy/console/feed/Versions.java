package com.visiquate.ccproxy.console.feed;

import com.visiquate.ccproxy.bus.FeedMessage.Frame;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The last changes of a document, each going on from the one before; bounded. */
final class Versions {
  /** A minute and more of them. */
  static final int MOST = 150;

  static final int MOST_BYTES = 2 * 1024 * 1024;
  private final Deque<Frame> kept = new ArrayDeque<>();
  private int bytes;

  void add(Frame change) {
    kept.addLast(change);
    bytes += change.bytes().length;
    while (kept.size() > MOST || (bytes > MOST_BYTES && kept.size() > 1)) {
      bytes -= kept.removeFirst().bytes().length;
    }
  }

  /** All changes from one version to the newest; null when they are not all known any more. */
  @Nullable List<Frame> since(String version, String newest) {
    if (version.equals(newest)) {
      return List.of();
    }
    List<Frame> missed = null;
    for (Frame change : kept) {
      if (change.base().equals(version)) {
        missed = new ArrayList<>();
      }
      if (missed != null) {
        missed.add(change);
      }
    }
    return missed;
  }
}
