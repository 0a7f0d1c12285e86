package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Field;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells clients apart by {@code metadata.user_id}: Claude Code's session, which it writes as JSON
 * in a string or, in older versions, behind {@code _session_}; else the id itself.
 */
final class ClientHint {
  private static final Pattern SESSION = Pattern.compile("_session_([0-9A-Za-z-]{8,64})$");

  private ClientHint() {}

  /** A hint only, so whatever is not a text does not matter. */
  static @Nullable String read(Field metadata) {
    Field id = metadata.at("user_id");
    if (!id.isText() || id.text().isBlank()) {
      return null;
    }
    String text = id.text().strip();
    if (text.startsWith("{")) {
      return session(text);
    }
    Matcher session = SESSION.matcher(text);
    return session.find() ? session.group(1) : text;
  }

  private static String session(String json) {
    try {
      Field session = Field.parse(Utf8.bytes(json)).at("session_id");
      return session.isText() && !session.text().isBlank() ? session.text() : json;
    } catch (BadField notJson) {
      return json;
    }
  }
}
