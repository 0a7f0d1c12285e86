package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import java.util.function.Consumer;

/** An answer that somebody remembers at its end. */
record Remembered(StorableAnswer answer, Consumer<StoredResponse> memory) implements Answer {
  @Override
  public String contentType() {
    return answer.contentType();
  }

  /** Hands it over before its last bytes are sent: a quick client continues it right after them. */
  @Override
  public void said(ChatEvent event, ByteSink out) {
    answer.said(event, out);
    if (event instanceof ChatEvent.Finished) {
      answer.stored().ifPresent(memory);
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
