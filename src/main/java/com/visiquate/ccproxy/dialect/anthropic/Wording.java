package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Field;

/**
 * Says what is wrong with a body as Anthropic's API does: {@code messages.0.content: Field
 * required}.
 */
final class Wording {
  private static final String MISSING = "missing_required_parameter";

  private Wording() {}

  static Failure of(BadField bad) {
    Failure failure = bad.failure();
    String path = failure.param();
    if (path == null || path.isEmpty()) {
      return failure;
    }
    String dotted = path.replace('[', '.').replace("]", "");
    String what =
        MISSING.equals(failure.code())
            ? "Field required"
            : bare(failure.message(), "Invalid '%s': ".formatted(path));
    return Failure.invalid(dotted + ": " + what, dotted, failure.code());
  }

  /** What to throw when a field is not there. */
  static BadField missing(Field field) {
    return new BadField("missing", field.path(), MISSING);
  }

  private static String bare(String message, String prefix) {
    String what = message.startsWith(prefix) ? message.substring(prefix.length()) : message;
    return what.endsWith(").") ? what.substring(0, what.length() - 1) : what;
  }
}
