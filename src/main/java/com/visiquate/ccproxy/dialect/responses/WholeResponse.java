package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import java.util.Optional;

/** An answer in one piece: the response object that the last event of a stream carries. */
final class WholeResponse implements StorableAnswer {
  private static final OpenAiChat SAME_ERRORS = new OpenAiChat();

  private final StreamedResponse streamed;
  private boolean over;

  WholeResponse(StreamedResponse streamed) {
    this.streamed = streamed;
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
    streamed.said(event, new ByteSink());
    streamed.result().ifPresent(out::raw);
    over = streamed.result().isPresent();
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    if (!over) {
      over = true;
      out.bytes(SAME_ERRORS.error(failure, ""));
    }
  }

  @Override
  public Optional<StoredResponse> stored() {
    return streamed.stored();
  }
}
