package com.visiquate.ccproxy.dialect.embeddings;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Identity;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;

/** {@code POST /v1/embeddings}, field by field as docs/dialects.md says. */
public final class Embeddings implements Dialect {
  private final Dialect chat = new OpenAiChat();

  @Override
  public Family family() {
    return chat.family();
  }

  @Override
  public Decoded decode(byte[] body) {
    try {
      return new RequestReader(Field.parse(body)).read();
    } catch (BadField bad) {
      return new Decoded.Misunderstood(bad.failure());
    }
  }

  @Override
  public Answer answer(Decoded.Understood request, Identity identity) {
    return new EmbeddingsAnswer((EmbeddingForm) request.form(), identity.model());
  }

  @Override
  public byte[] error(Failure failure, String requestId) {
    return chat.error(failure, requestId);
  }
}
