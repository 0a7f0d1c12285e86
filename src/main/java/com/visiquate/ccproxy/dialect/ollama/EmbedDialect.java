package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;

/** An endpoint that embeds texts: how it is asked and what its answer looks like. */
record EmbedDialect(BodyReader reader, EmbedForm form) implements NativeDialect {
  @Override
  public Asked read(byte[] body) {
    return reader.read(body);
  }

  @Override
  public Answer answer(Decoded.Understood request, Identity identity) {
    return new EmbedAnswer(form, identity.model(), request.parts().size());
  }

  @Override
  public byte[] residence(String model, boolean loaded, long createdSeconds) {
    ByteSink out = new ByteSink();
    form.nothing(model, out);
    return out.take();
  }
}
