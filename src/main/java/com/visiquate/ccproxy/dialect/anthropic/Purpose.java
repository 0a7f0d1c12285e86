package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PastSummary;
import java.util.ArrayList;
import java.util.List;

/** What a request is for. */
enum Purpose {
  ANSWER,
  /** A prompt is to be computed for a later request, and nothing to be said. */
  WARMING,
  /** The conversation is to be summed up, and nothing else to be said. */
  COMPACTION;

  private static final String COMPACTION_MEMBER = "compaction";

  static Purpose of(Field body) {
    Field compaction = body.at(COMPACTION_MEMBER);
    if (!compaction.isAbsent()) {
      if (!compaction.object().at("type").text().equals("summarize")) {
        throw compaction.at("type").invalid("must be \"summarize\"");
      }
      return COMPACTION;
    }
    Integer most = body.at("max_tokens").count();
    return most != null && most == 0 ? WARMING : ANSWER;
  }

  /**
   * What the model is asked. Its tools stay, because without them its whole prompt would be another
   * one; the conversation is long when it is to become shorter.
   */
  ChatRequest asked(ChatRequest request, Field body) {
    if (this != COMPACTION) {
      return request;
    }
    Field own = body.at(COMPACTION_MEMBER).at("instructions");
    List<Message> messages = new ArrayList<>(request.messages());
    messages.add(own.text("").isBlank() ? PastSummary.REQUEST : new Message.User(own.text("")));
    return request.saying(messages);
  }
}
