package com.visiquate.ccproxy.ollama;

import com.visiquate.ccproxy.chat.Failure;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Tells what the model did wrong from what is wrong with the request. The newer line makes a
 * grammar of the tools that are offered, and has an error of its own for a call of any other tool
 * and for one that it cannot read: nothing in the request is the reason, and another try may go
 * well.
 */
final class ModelFault {
  private static final Pattern WORDS =
      Pattern.compile(
          "empty grammar stack|grammar stack after accepting|failed to parse tool call"
              + "|failed to parse input at pos|does not match the expected (peg|tool|output)"
              + "|tool call .{0,64}(unknown|not offered|was not found)");

  private ModelFault() {}

  static Optional<Failure> of(String text) {
    return WORDS.matcher(text.toLowerCase(Locale.ROOT)).find()
        ? Optional.of(
            Failure.of(
                Failure.Kind.BACKEND_ERROR,
                "The model called a tool that was not offered, or wrote a call that cannot be read;"
                    + " please try again."))
        : Optional.empty();
  }
}
