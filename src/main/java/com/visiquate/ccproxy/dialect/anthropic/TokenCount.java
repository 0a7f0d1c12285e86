package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PromptSize;

/**
 * {@code POST /v1/messages/count_tokens}: an estimate in linear time that asks no Ollama and waits
 * for nobody.
 */
public final class TokenCount {
  /** What became of a body. */
  public sealed interface Counted {
    /** So many tokens, at least 1. */
    record Tokens(String model, int tokens) implements Counted {
      /** The response. */
      public byte[] body() {
        return new ByteSink().raw("{\"input_tokens\":").number(tokens).raw("}").take();
      }
    }

    /** Not a body whose tokens can be counted. */
    record Uncountable(Failure failure) implements Counted {}
  }

  private final Calibration calibration;

  public TokenCount(Calibration calibration) {
    this.calibration = calibration;
  }

  /** Reads the body of a count, which is a request without {@code max_tokens}; never throws. */
  public Counted count(byte[] body) {
    try {
      ChatRequest request = new RequestReader(Field.parse(body), calibration).question(null);
      int tokens = PromptSize.of(request).tokens(calibration.ratios(request.model()));
      return new Counted.Tokens(request.model(), tokens);
    } catch (BadField bad) {
      return new Counted.Uncountable(Wording.of(bad));
    }
  }
}
