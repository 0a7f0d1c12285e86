package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.ByteSink;

/** Puts failures into Ollama's words, some of which its clients look for. */
final class Errors {
  private Errors() {}

  static void write(Failure failure, ByteSink out) {
    out.raw("{\"error\":").json(message(failure)).raw("}");
  }

  private static String message(Failure failure) {
    return switch (failure.kind()) {
      // Both spaces are Ollama's own.
      case QUEUE_FULL -> "server busy, please try again.  maximum pending requests exceeded";
      case PROMPT_TOO_LONG -> tooLong(failure);
      default -> failure.message();
    };
  }

  private static String tooLong(Failure failure) {
    Failure.Overflow overflow = failure.overflow();
    return overflow == null
        ? "the input length exceeds the context length"
        : "the input length exceeds the context length (%d tokens > %d)"
            .formatted(overflow.tokens(), overflow.window());
  }
}
