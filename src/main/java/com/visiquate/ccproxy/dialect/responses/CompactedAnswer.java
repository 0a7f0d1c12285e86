package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import java.util.List;

/** The answer to a compaction, which is always whole: what the user said, then the summary. */
final class CompactedAnswer implements Answer {
  private static final OpenAiChat SAME_ERRORS = new OpenAiChat();

  private final List<RawJson> said;
  private final Identity identity;
  private final StringBuilder summary = new StringBuilder();
  private int thoughts;
  private boolean over;

  CompactedAnswer(List<RawJson> said, Identity identity) {
    this.said = List.copyOf(said);
    this.identity = identity;
  }

  @Override
  public String contentType() {
    return "application/json";
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    if (over) {
      return;
    }
    switch (event) {
      case ChatEvent.Text text -> summary.append(text.text());
      case ChatEvent.Thinking thinking -> thoughts++;
      // No tools are offered, no embeddings asked for.
      case ChatEvent.Call call -> {}
      case ChatEvent.Embedded embedded -> {}
      case ChatEvent.Finished finished -> finished(finished, out);
    }
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      out.bytes(SAME_ERRORS.error(failure, ""));
    }
  }

  private void finished(ChatEvent.Finished finished, ByteSink out) {
    over = true;
    out.raw("{\"id\":").json(ItemIds.response(identity.id()).value());
    out.raw(",\"object\":\"response.compaction\",\"created_at\":")
        .number(identity.createdSeconds())
        .raw(",\"output\":[");
    for (int i = 0; i < said.size(); i++) {
      out.raw(StoredItems.identified(said.get(i), identity.id(), i).text()).raw(",");
    }
    out.raw(Summary.item(identity.id(), said.size(), summary.toString().strip()).text());
    out.raw("],\"usage\":").raw(Envelope.usage(finished.counts(), thoughts)).raw("}");
  }
}
