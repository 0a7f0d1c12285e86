package com.visiquate.ccproxy.load.swarm;

import java.util.Arrays;
import java.util.List;

/**
 * Who held which slot, for a terminal: a letter a role, large while the prompt is computed, small
 * while the answer comes, a dot while nothing runs.
 */
final class Strip {
  private static final int COLUMNS = 100;
  private static final char FREE = '.';

  private Strip() {}

  static String of(Slots slots) {
    return part(slots, slots.whole()) + "\n" + part(slots, slots.closer());
  }

  private static String part(Slots slots, Slots.Window window) {
    StringBuilder text = new StringBuilder();
    text.append(
        "%,.0f to %,.0f s, %,.1f s a letter%n"
            .formatted(window.from(), window.to(), window.length() / COLUMNS));
    for (int server = 0; server < Slots.NAMES.size(); server++) {
      text.append("%-8s".formatted(Slots.NAMES.get(server)))
          .append(lane(slots, slots.of(server, window), window))
          .append('\n');
    }
    return text.toString();
  }

  private static String lane(Slots slots, List<Held> held, Slots.Window window) {
    double step = window.length() / COLUMNS;
    char[] lane = new char[COLUMNS];
    for (int i = 0; i < COLUMNS; i++) {
      double from = window.from() + i * step;
      lane[i] = letter(slots, held, new Slots.Window(from, from + step));
    }
    return new String(lane);
  }

  /** Of whatever takes most of this time. */
  private static char letter(Slots slots, List<Held> held, Slots.Window column) {
    double[] seconds = new double[128];
    seconds[FREE] = column.length();
    for (Held one : held) {
      char small = (char) ('a' + slots.role(one));
      Held.Span span = one.span();
      double prompt = overlap(column, span.seated(), span.spoke());
      double answer = overlap(column, span.spoke(), span.ended());
      seconds[Character.toUpperCase(small)] += prompt;
      seconds[small] += answer;
      seconds[FREE] -= prompt + answer;
    }
    double most = Arrays.stream(seconds).max().orElse(0);
    for (char letter = 0; letter < seconds.length; letter++) {
      if (seconds[letter] == most) {
        return letter;
      }
    }
    return FREE;
  }

  private static double overlap(Slots.Window column, double from, double to) {
    return Math.max(0, Math.min(column.to(), to) - Math.max(column.from(), from));
  }
}
