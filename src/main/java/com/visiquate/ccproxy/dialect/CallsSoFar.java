package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The calls of a conversation, for the results that follow them. Every call should have an id of
 * its own, and every result the id of its call; but some clients give one id to all calls of a
 * turn, the same ids to every turn, or none at all. Then results are matched by the tool's name and
 * in the order of the calls, and a new turn takes the place of an older one.
 */
public final class CallsSoFar {
  private final Map<String, Waiting> byId = new HashMap<>();
  private Waiting turn = new Waiting(0);
  private boolean answering;

  /** A call, in its place. */
  public void called(ToolCall call) {
    if (answering) {
      answering = false;
      turn = new Waiting(turn.number + 1);
    }
    Entry entry = new Entry(call);
    Waiting sharing = byId.get(call.id());
    if (sharing == null || sharing.number != turn.number) {
      sharing = new Waiting(turn.number);
      byId.put(call.id(), sharing);
    }
    sharing.add(entry);
    turn.add(entry);
  }

  /**
   * The call that the next result belongs to; null when there is none.
   *
   * @param id of the call, as the result says it; empty when it does not
   * @param tool that was called, as the result says it; empty when it does not
   */
  public @Nullable ToolCall answered(String id, String tool) {
    answering = true;
    if (id.isBlank()) {
      return turn.answer(tool);
    }
    Waiting sharing = byId.get(id);
    if (sharing == null) {
      return null;
    }
    ToolCall named = sharing.answer(tool);
    ToolCall next = named == null ? sharing.answer("") : named;
    // The last one once more, for whoever says a result twice.
    return next == null ? sharing.last : next;
  }

  private static final class Entry {
    private final ToolCall call;
    private boolean answered;

    private Entry(ToolCall call) {
      this.call = call;
    }
  }

  /** Calls of one turn that have no result yet. */
  private static final class Waiting {
    private final int number;
    private final Deque<Entry> open = new ArrayDeque<>();
    private @Nullable ToolCall last;

    private Waiting(int number) {
      this.number = number;
    }

    private void add(Entry entry) {
      open.add(entry);
    }

    private @Nullable ToolCall answer(String tool) {
      while (!open.isEmpty() && open.getFirst().answered) {
        open.removeFirst();
      }
      for (Entry entry : open) {
        if (!entry.answered && (tool.isBlank() || entry.call.name().equals(tool))) {
          entry.answered = true;
          last = entry.call;
          return entry.call;
        }
      }
      return null;
    }
  }
}
