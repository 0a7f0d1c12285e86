package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The tool turn that a request ends in, and how often in a row its conversation has that turn: what
 * the model called and what it got for it. Ids, which are new each time, do not count, nor what was
 * said before or beside. It is as much work as the last turn is long, and again for each
 * repetition.
 *
 * @param turn the last turn as one number
 */
record Repetition(long turn, int times) {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  /** Empty for a request that does not end in the results of calls. */
  static Optional<Repetition> of(ChatRequest chat) {
    List<Message> messages = chat.messages();
    Turn last = Turn.before(messages, messages.size());
    if (last == null) {
      return Optional.empty();
    }
    int times = 1;
    Turn earlier = Turn.before(messages, last.from());
    while (earlier != null && earlier.isSame(last)) {
      times++;
      earlier = Turn.before(messages, earlier.from());
    }
    return Optional.of(new Repetition(last.number(), times));
  }

  /**
   * Calls and what came of them.
   *
   * @param from where it begins
   */
  private record Turn(int from, List<ToolCall> calls, List<Message.ToolResult> results) {
    /** The turn that ends there; null when there is none. */
    static @Nullable Turn before(List<Message> messages, int end) {
      List<Message.ToolResult> results = new ArrayList<>(1);
      int at = end - 1;
      while (at >= 0 && !(messages.get(at) instanceof Message.Assistant)) {
        if (messages.get(at) instanceof Message.ToolResult result) {
          results.add(result);
        }
        at--;
      }
      return at >= 0 && !results.isEmpty() && messages.get(at) instanceof Message.Assistant said
          ? called(messages, at, said.calls(), results)
          : null;
    }

    /** What was said before the calls may be a message of its own. */
    private static @Nullable Turn called(
        List<Message> messages, int at, List<ToolCall> calls, List<Message.ToolResult> results) {
      int from = at;
      while (from > 0
          && messages.get(from - 1) instanceof Message.Assistant said
          && said.calls().isEmpty()) {
        from--;
      }
      return calls.isEmpty() ? null : new Turn(from, calls, results);
    }

    boolean isSame(Turn other) {
      if (calls.size() != other.calls.size() || results.size() != other.results.size()) {
        return false;
      }
      for (int i = 0; i < calls.size(); i++) {
        if (!isSame(calls.get(i), other.calls.get(i))) {
          return false;
        }
      }
      for (int i = 0; i < results.size(); i++) {
        if (!isSame(results.get(i), other.results.get(i))) {
          return false;
        }
      }
      return true;
    }

    private static boolean isSame(ToolCall one, ToolCall other) {
      return one.name().equals(other.name()) && one.said().equals(other.said());
    }

    private static boolean isSame(Message.ToolResult one, Message.ToolResult other) {
      return one.text().equals(other.text()) && one.images().equals(other.images());
    }

    /** Never the text itself, only sums of it. */
    long number() {
      long number = calls.size();
      for (ToolCall call : calls) {
        number = stir(stir(number, call.name()), call.said());
      }
      for (Message.ToolResult result : results) {
        number = stir(number, result.text());
        for (Image image : result.images()) {
          number = stir(number, image.base64());
        }
      }
      return number;
    }

    private static long stir(long number, String text) {
      long mixed =
          (number ^ ((long) text.length() << 32 | (text.hashCode() & 0xFFFFFFFFL))) * GOLDEN;
      return mixed ^ mixed >>> 32;
    }
  }
}
