package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.Message;

/** What is left of a conversation that was made shorter, as the model is told it. */
public final class PastSummary {
  /** What makes a model write one. */
  public static final Message REQUEST =
      new Message.User(
          """
          Summarize this conversation for somebody who goes on with the work and has read nothing of \
          it. Keep: what was asked for, every decision and its reason, files and names exactly as they \
          are written, what was tried and what came of it, what is done, and what is next. Write the \
          summary only.\
          """);

  private static final String INTRODUCTION = "Summary of the conversation before this:\n\n";

  private PastSummary() {}

  public static Message told(String summary) {
    return new Message.User(INTRODUCTION + summary);
  }
}
