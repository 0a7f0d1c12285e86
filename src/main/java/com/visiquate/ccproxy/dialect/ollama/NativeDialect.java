package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;

/** One of Ollama's endpoints that a model works for, field by field as docs/dialects.md says. */
public sealed interface NativeDialect extends Dialect permits TextDialect, EmbedDialect {
  /** What a body asks for; never throws. */
  Asked read(byte[] body);

  /**
   * The answer to who only wants a model loaded or unloaded: how it is, since nothing is done.
   *
   * @param loaded whether the model is in any Ollama's memory
   */
  byte[] residence(String model, boolean loaded, long createdSeconds);

  @Override
  default Family family() {
    return Family.OLLAMA;
  }

  @Override
  default Decoded decode(byte[] body) {
    return switch (read(body)) {
      case Asked.Work work -> work.understood();
      case Asked.Wrong wrong -> new Decoded.Misunderstood(wrong.failure());
      case Asked.Residence none ->
          new Decoded.Misunderstood(Failure.invalid("There is nothing to answer.", null, null));
    };
  }

  @Override
  default byte[] error(Failure failure, String requestId) {
    ByteSink out = new ByteSink();
    Errors.write(failure, out);
    return out.take();
  }
}
