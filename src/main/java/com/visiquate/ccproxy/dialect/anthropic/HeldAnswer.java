package com.visiquate.ccproxy.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.StorableAnswer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An answer that its client goes on from by its id. It is written once for the client and once, in
 * one piece, for the memory: exactly what a client would send back that holds its own conversation.
 */
final class HeldAnswer implements StorableAnswer {
  private final Answer told;
  private final Answer copy;
  private final HeldConversation before;
  private final Identity identity;
  private @Nullable RawJson message;

  HeldAnswer(Answer told, HeldConversation before, MessagesForm form, Identity identity) {
    this.told = told;
    this.copy = new BlockAnswer(new WholeBlocks(form, identity), form);
    this.before = before;
    this.identity = identity;
  }

  @Override
  public String contentType() {
    return told.contentType();
  }

  @Override
  public void said(ChatEvent event, ByteSink out) {
    told.said(event, out);
    ByteSink whole = new ByteSink();
    copy.said(event, whole);
    if (!whole.isEmpty()) {
      message = new RawJson(new String(whole.take(), UTF_8));
    }
  }

  @Override
  public void heartbeat(ByteSink out) {
    told.heartbeat(out);
  }

  @Override
  public void broke(Failure failure, ByteSink out) {
    told.broke(failure, out);
  }

  @Override
  public Optional<StoredResponse> stored() {
    return Optional.ofNullable(message).map(this::stored);
  }

  private StoredResponse stored(RawJson answer) {
    return new StoredResponse(
        MessageThread.id(identity.id()), before.fixed(), before.messages(), List.of(answer));
  }
}
