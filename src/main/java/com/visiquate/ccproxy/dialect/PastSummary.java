package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Message;

/** What is left of a conversation that was made shorter, as the model is told it. */
public final class PastSummary {
  private static final String INTRODUCTION = "Summary of the conversation before this:\n\n";

  private PastSummary() {}

  public static Message told(String summary) {
    return new Message.User(INTRODUCTION + summary);
  }
}
