package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.dialect.AnswerForm;
import com.visiquate.ccproxy.dialect.PromptSize;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about its answer.
 *
 * @param stops texts that end the answer and are then named in it
 * @param hidesThinking whether the client wants no text of thinking, only that there was some
 * @param purpose what it is for
 * @param promptSize the size of the prompt
 * @param inputTokens how many tokens that is about
 * @param held what goes into memory with the answer; null when nobody goes on from it
 */
record MessagesForm(
    List<String> stops,
    boolean hidesThinking,
    Purpose purpose,
    PromptSize promptSize,
    int inputTokens,
    @Nullable HeldConversation held)
    implements AnswerForm {
  MessagesForm {
    stops = List.copyOf(stops);
  }
}
