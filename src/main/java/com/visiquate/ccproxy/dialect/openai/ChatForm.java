package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.dialect.AnswerForm;
import java.util.Set;

/**
 * What a chat request says about the form of its answer.
 *
 * @param usage whether a stream ends with a usage chunk
 * @param legacy whether the client spoke of {@code functions} and must be answered so
 * @param custom names of the tools that take free text instead of JSON
 * @param hidesThinking whether the client does not want to see what the model thinks
 */
record ChatForm(boolean usage, boolean legacy, Set<String> custom, boolean hidesThinking)
    implements AnswerForm {
  ChatForm {
    custom = Set.copyOf(custom);
  }
}
