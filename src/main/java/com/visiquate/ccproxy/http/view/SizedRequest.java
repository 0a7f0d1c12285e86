package com.visiquate.ccproxy.http.view;

import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.ollama.AnswerSchema;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A request that is understood, and how large its prompt is.
 *
 * @param chosen the model of several that share its name; null when they do not
 * @param prompt null when its model is unknown
 */
public record SizedRequest(
    Decoded.Understood understood, @Nullable ModelName chosen, @Nullable PromptEstimate prompt) {
  /** What of it has no effect: fields, and words of a schema that no grammar can follow. */
  public List<String> dropped() {
    List<String> words = AnswerSchema.leftOut(understood.parts().getFirst());
    return Stream.concat(understood.dropped().stream(), words.stream()).toList();
  }
}
