package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PromptSize;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.dialect.TokenCounter;

/**
 * {@code POST /v1/responses/input_tokens}: an estimate in linear time that asks no Ollama and waits
 * for nobody.
 */
public final class InputTokens implements TokenCounter {
  private final Calibration calibration;
  private final Recall recall;

  public InputTokens(Calibration calibration, Recall recall) {
    this.calibration = calibration;
    this.recall = recall;
  }

  @Override
  public Family family() {
    return Family.OPENAI_RESPONSES;
  }

  /** Reads the body of a count, which is a request that need not name its model; never throws. */
  @Override
  public Counted count(byte[] body) {
    try {
      ChatRequest request = new RequestReader(Field.parse(body), recall).question();
      int tokens = PromptSize.of(request).tokens(calibration.ratios(request.model()));
      return new Counted.Tokens(request.model(), tokens);
    } catch (BadField bad) {
      return new Counted.Uncountable(bad.failure());
    }
  }

  @Override
  public byte[] answer(int tokens) {
    return new ByteSink()
        .raw("{\"object\":\"response.input_tokens\",\"input_tokens\":")
        .number(tokens)
        .raw("}")
        .take();
  }
}
