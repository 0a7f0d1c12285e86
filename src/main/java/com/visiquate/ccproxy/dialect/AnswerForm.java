package com.visiquate.ccproxy.dialect;

import org.jspecify.annotations.Nullable;

/** What a dialect wants to remember of a request until it answers it. */
public interface AnswerForm {
  /** The size of the prompt, where the answer needed it anyway; null where nobody measured it. */
  default @Nullable PromptSize promptSize() {
    return null;
  }
}
