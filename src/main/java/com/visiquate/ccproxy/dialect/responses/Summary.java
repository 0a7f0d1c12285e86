package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PastSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What is left of a conversation that was made shorter: a {@code compaction} item whose content
 * travels with the client, sealed like thinking.
 */
final class Summary {
  /** What makes the model write one. */
  static final Message REQUEST = PastSummary.REQUEST;

  private Summary() {}

  /** The same conversation, but for a summary of it; without tools, which would not sum it up. */
  static ChatRequest of(ChatRequest asked) {
    List<Message> messages = new ArrayList<>(asked.messages());
    messages.add(REQUEST);
    return new ChatRequest(
        asked.model(),
        messages,
        List.of(),
        ToolChoice.AUTO,
        true,
        asked.sampling(),
        OutputFormat.TEXT,
        asked.reasoning(),
        null);
  }

  static RawJson item(String exchange, int index, String text) {
    ByteSink out = new ByteSink().raw("{\"id\":").json(ItemIds.output("cmp_", exchange, index));
    out.raw(",\"type\":\"compaction\",\"encrypted_content\":").json(Thoughts.sealed(text));
    return Written.json(out.raw("}"));
  }

  /** The message that a compaction item stands for; nothing when another provider sealed it. */
  static Optional<Message> read(Field item) {
    String text = Thoughts.read(item);
    return text.isEmpty() ? Optional.empty() : Optional.of(PastSummary.told(text));
  }
}
