package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Identity;

/** One of Ollama's endpoints that generate text: how it is asked and what its lines look like. */
public final class NativeDialect implements Dialect {
  /** {@code POST /api/chat}, field by field as docs/dialects.md says. */
  public static final NativeDialect CHAT = new NativeDialect(ChatReader::read, Shape.CHAT);

  private final Reader reader;
  private final Shape shape;

  private NativeDialect(Reader reader, Shape shape) {
    this.reader = reader;
    this.shape = shape;
  }

  /** Reads one endpoint's body; throws {@link BadField}. */
  @FunctionalInterface
  private interface Reader {
    Asked read(Field body);
  }

  @Override
  public Family family() {
    return Family.OLLAMA;
  }

  /** What a body asks for; never throws. */
  public Asked read(byte[] body) {
    try {
      return reader.read(Field.parse(body));
    } catch (BadField bad) {
      return new Asked.Wrong(bad.failure());
    }
  }

  @Override
  public Decoded decode(byte[] body) {
    return switch (read(body)) {
      case Asked.Work work -> work.understood();
      case Asked.Wrong wrong -> new Decoded.Misunderstood(wrong.failure());
      case Asked.Residence none ->
          new Decoded.Misunderstood(Failure.invalid("There is nothing to answer.", null, null));
    };
  }

  @Override
  public Answer answer(Decoded.Understood request, Identity identity) {
    Lines lines = new Lines(shape, identity.model(), identity.createdSeconds());
    return request.stream() ? new StreamedLines(lines) : new WholeAnswer(lines);
  }

  /**
   * The answer to who only wants a model loaded or unloaded: how it is, since nothing is done.
   *
   * @param loaded whether the model is in any Ollama's memory
   */
  public byte[] residence(String model, boolean loaded, long createdSeconds) {
    ByteSink out = new ByteSink();
    new Lines(shape, model, createdSeconds).idle(loaded ? "load" : "unload", out);
    return out.take();
  }

  @Override
  public byte[] error(Failure failure, String requestId) {
    ByteSink out = new ByteSink();
    Errors.write(failure, out);
    return out.take();
  }
}
