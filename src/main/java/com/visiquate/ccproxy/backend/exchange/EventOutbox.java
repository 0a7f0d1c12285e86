package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Embedding;
import java.util.ArrayList;
import java.util.List;

/** Events that are on their way to one client, and how many messages it can take. */
public final class EventOutbox {
  /** Messages that a client may be sent before its ingress gave any credit. */
  public static final int FIRST_CREDIT = 64;

  /** Most that waits for credit, about; beyond it the client reads too slowly. */
  public static final int BOUND_BYTES = 1 << 20;

  private static final int OVERHEAD_BYTES = 48;

  private List<ChatEvent> events = new ArrayList<>();
  private int bytes;
  private int credit = FIRST_CREDIT;

  void add(List<ChatEvent> more) {
    for (ChatEvent event : more) {
      events.add(event);
      bytes += OVERHEAD_BYTES + weight(event);
    }
  }

  void grant(int messages) {
    credit += Math.max(0, messages);
  }

  /** Everything that waits, as one message, when there is credit for it; else nothing. */
  List<ChatEvent> next() {
    if (credit == 0 || events.isEmpty()) {
      return List.of();
    }
    credit--;
    return rest();
  }

  /** Everything that waits, credit or not: the last message of an exchange is always sent. */
  List<ChatEvent> rest() {
    List<ChatEvent> all = events;
    events = new ArrayList<>();
    bytes = 0;
    return all;
  }

  boolean isFull() {
    return bytes > BOUND_BYTES;
  }

  private static int weight(ChatEvent event) {
    if (event instanceof ChatEvent.Text text) {
      return text.text().length() + text.logprobs().size() * OVERHEAD_BYTES;
    }
    return switch (event) {
      case ChatEvent.Text text -> 0; // weighed above, because nearly all are of this kind
      case ChatEvent.Thinking thinking -> thinking.text().length();
      case ChatEvent.Call call -> call.call().arguments().text().length();
      case ChatEvent.Embedded embedded ->
          embedded.embeddings().stream().mapToInt(Embedding::size).sum() * Float.BYTES;
      case ChatEvent.Finished finished -> 0;
    };
  }
}
