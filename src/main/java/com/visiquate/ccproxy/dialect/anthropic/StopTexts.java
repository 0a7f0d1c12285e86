package com.visiquate.ccproxy.dialect.anthropic;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for stop texts in an answer; owns the end of it that may be the beginning of one.
 *
 * <p>Ollama looks too, and cuts what it finds, without saying so. Some of its engines do not look,
 * and then the text passes here.
 */
final class StopTexts {
  private static final int MOST = 32;
  private static final int LONGEST = 256;

  private final List<String> stops;
  private final StringBuilder held = new StringBuilder();
  private @Nullable String hit;

  StopTexts(List<String> stops) {
    this.stops = stops.stream().filter(stop -> stop.length() <= LONGEST).limit(MOST).toList();
  }

  /** The stop text that ended the answer; null as long as none did. */
  @Nullable String hit() {
    return hit;
  }

  /** As much of the answer so far as is certain to be none. */
  String pass(String piece) {
    if (stops.isEmpty()) {
      return piece;
    }
    held.append(piece);
    int end = find();
    if (hit == null) {
      end = held.length() - suspicious();
    }
    String certain = held.substring(0, end);
    held.delete(0, hit == null ? end : held.length());
    return certain;
  }

  /** What was held back and is none, because nothing follows. */
  String rest() {
    String rest = held.toString();
    held.setLength(0);
    return rest;
  }

  /** Where the first one begins; sets {@link #hit}. */
  private int find() {
    int first = Integer.MAX_VALUE;
    for (String stop : stops) {
      int at = held.indexOf(stop);
      if (at >= 0 && at < first) {
        first = at;
        hit = stop;
      }
    }
    return first;
  }

  /** How many of the last characters could be the beginning of one. */
  private int suspicious() {
    int most = 0;
    for (String stop : stops) {
      int length = Math.min(stop.length() - 1, held.length());
      while (length > most && !endsWith(stop, length)) {
        length--;
      }
      most = Math.max(most, length);
    }
    return most;
  }

  private boolean endsWith(String stop, int length) {
    int start = held.length() - length;
    for (int i = 0; i < length; i++) {
      if (held.charAt(start + i) != stop.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
