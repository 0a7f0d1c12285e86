package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;

/** An endpoint that generates text: how it is asked and what its lines look like. */
record TextDialect(BodyReader reader, Shape shape) implements NativeDialect {
  @Override
  public Asked read(byte[] body) {
    return reader.read(body);
  }

  @Override
  public Answer answer(Decoded.Understood request, Identity identity) {
    Lines lines = new Lines(shape, identity.model(), identity.createdSeconds());
    return request.stream() ? new StreamedLines(lines) : new WholeAnswer(lines);
  }

  @Override
  public byte[] residence(String model, boolean loaded, long createdSeconds) {
    ByteSink out = new ByteSink();
    new Lines(shape, model, createdSeconds).idle(loaded ? "load" : "unload", out);
    return out.take();
  }
}
