package com.visiquate.ccproxy.dialect;

/** What a dialect wants to remember of a request until it answers it. */
public interface AnswerForm {
  /** Tokens of the prompt, as far as the dialect could tell from its bytes; 0 when it did not. */
  default int estimatedTokens() {
    return 0;
  }
}
