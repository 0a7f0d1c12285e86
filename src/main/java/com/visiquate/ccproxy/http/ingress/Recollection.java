package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.dialect.Decoded;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Thinking that a client forgets: it is noted when the model calls a tool, and put back when the
 * call comes without it.
 */
public final class Recollection {
  private Recollection() {}

  /** The calls of a request before which the model may have thought more than its client says. */
  public static Set<CallKey> gaps(Decoded.Understood understood) {
    return understood.parts().getFirst() instanceof ChatRequest chat
        ? chat.messages().stream()
            .filter(Recollection::isGap)
            .map(Recollection::key)
            .filter(CallKey::isUnique)
            .collect(Collectors.toSet())
        : Set.of();
  }

  /** The same request with what was found; the rest stays as it is. */
  public static Decoded.Understood filled(
      Decoded.Understood understood, Map<CallKey, String> thoughts) {
    ChatRequest chat = understood.request();
    List<Message> messages =
        chat.messages().stream().map(message -> filled(message, thoughts)).toList();
    return understood.asking(chat.saying(messages));
  }

  private static Message filled(Message message, Map<CallKey, String> thoughts) {
    return isGap(message) && message instanceof Message.Assistant said
        ? new Message.Assistant(said.text(), thoughts.getOrDefault(key(message), ""), said.calls())
        : message;
  }

  private static boolean isGap(Message message) {
    return message instanceof Message.Assistant said
        && said.thinking().isEmpty()
        && !said.calls().isEmpty();
  }

  private static CallKey key(Message message) {
    return CallKey.of(((Message.Assistant) message).calls().getFirst());
  }

  /** Hears one answer and notes what was thought before its first call. */
  static final class Note implements Consumer<ChatEvent> {
    private final BiConsumer<CallKey, String> memory;
    private final StringBuilder thinking = new StringBuilder();
    private boolean noted;

    Note(BiConsumer<CallKey, String> memory) {
      this.memory = memory;
    }

    @Override
    public void accept(ChatEvent event) {
      if (noted) {
        return;
      }
      if (event instanceof ChatEvent.Thinking piece) {
        thinking.append(piece.text());
      } else if (event instanceof ChatEvent.Call call) {
        noted = true;
        note(CallKey.of(call.call()));
      }
    }

    private void note(CallKey call) {
      if (call.isUnique() && !thinking.isEmpty()) {
        memory.accept(call, thinking.toString());
      }
    }
  }
}
