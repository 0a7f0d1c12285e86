package com.visiquate.ccproxy.dialect.completions;

import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Field;
import java.util.List;

/** Reads the prompts of a request: one text or several. */
final class Prompts {
  private Prompts() {}

  /** At least one and at most so many. */
  static List<Field> read(Field prompt, int most) {
    if (prompt.isText()) {
      return List.of(prompt);
    }
    if (!prompt.isList()) {
      throw prompt.isAbsent()
          ? new BadField("'prompt' is missing.", "prompt", "missing_required_parameter")
          : prompt.invalid("'prompt' must be a string or a list of strings.");
    }
    refuseTokens(prompt);
    if (prompt.node().isEmpty()) {
      throw prompt.invalid("'prompt' must hold at least one string.");
    }
    if (prompt.node().size() > most) {
      throw prompt.invalid("'prompt' and 'n' ask for more choices than one request can have.");
    }
    List<Field> prompts = prompt.items();
    prompts.forEach(Field::text);
    return prompts;
  }

  /** Only the model server knows its tokens, and it tells nobody what they stand for. */
  private static void refuseTokens(Field prompt) {
    boolean tokens = prompt.node().path(0).isNumber() || prompt.node().path(0).isArray();
    if (tokens) {
      throw prompt.unsupported("Token ids cannot be read; send the prompt as text.");
    }
  }
}
