package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.dialect.AnswerForm;
import java.util.List;

/**
 * What a request says about its answer.
 *
 * @param stops texts that end the answer and are then named in it
 * @param hidesThinking whether the client wants no text of thinking, only that there was some
 * @param inputTokens estimated size of the prompt
 */
record MessagesForm(List<String> stops, boolean hidesThinking, int inputTokens)
    implements AnswerForm {
  MessagesForm {
    stops = List.copyOf(stops);
  }

  @Override
  public int estimatedTokens() {
    return inputTokens;
  }
}
