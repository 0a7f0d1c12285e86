package com.visiquate.ccproxy.http.ingress;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.util.function.Consumer;

/** An answer whose events somebody wants to hear as well, before their bytes are sent. */
record Overheard(Answer answer, Consumer<ChatEvent> listener) implements Answer {
  @Override
  public String contentType() {
    return answer.contentType();
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    answer.said(event, out);
    listener.accept(event);
  }

  @Override
  public void said(int part, ChatEvent event, ByteSink out) {
    answer.said(part, event, out);
    listener.accept(event);
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
