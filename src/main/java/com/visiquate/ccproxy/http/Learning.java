package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.function.Consumer;

/** An answer whose counts somebody wants to see at its end. */
record Learning(Answer answer, Consumer<Counts> learner) implements Answer {
  @Override
  public String contentType() {
    return answer.contentType();
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    answer.said(event, out);
    if (event instanceof ChatEvent.Finished finished) {
      learner.accept(finished.counts());
    }
  }

  @Override
  public void heartbeat(ByteSink out) {
    answer.heartbeat(out);
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    answer.broke(failure, out);
  }

  @Override
  public boolean tellsInside(Failure failure) {
    return answer.tellsInside(failure);
  }
}
