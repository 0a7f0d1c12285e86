package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.dialect.AnswerForm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about the form of its answer.
 *
 * @param usage whether a stream ends with a usage chunk
 * @param echoes what each choice begins with, before anything was generated; often nothing
 * @param copies choices for each prompt; their indexes follow each other
 * @param topLogprobs alternatives that are told for each token; null for no log probabilities
 */
record CompletionForm(boolean usage, List<String> echoes, int copies, @Nullable Integer topLogprobs)
    implements AnswerForm {
  CompletionForm {
    echoes = List.copyOf(echoes);
  }

  int choices() {
    return echoes.size();
  }
}
