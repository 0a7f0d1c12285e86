package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * What a model thought, as reasoning items carry it: readable for the client, and in {@code
 * encrypted_content} exactly as it was, for the next request. That is a seal only in name: the
 * client has seen the text anyway.
 */
final class Thoughts {
  private static final String MARK = "ccproxy:";

  private Thoughts() {}

  static String sealed(String thinking) {
    byte[] marked = Utf8.bytes(MARK + thinking);
    return Base64.getEncoder().encodeToString(marked);
  }

  /** The thinking of a reasoning item; empty when another provider sealed all of it. */
  static String read(Field item) {
    Field sealed = item.at("encrypted_content");
    String exact = sealed.isText() ? opened(sealed.text()) : "";
    if (!exact.isEmpty()) {
      return exact;
    }
    String full = joined(item.at("content"));
    return full.isEmpty() ? joined(item.at("summary")) : full;
  }

  private static String opened(String sealed) {
    try {
      String text = new String(Base64.getDecoder().decode(sealed), StandardCharsets.UTF_8);
      return text.startsWith(MARK) ? text.substring(MARK.length()) : "";
    } catch (IllegalArgumentException foreign) {
      return "";
    }
  }

  private static String joined(Field parts) {
    List<String> texts = new ArrayList<>();
    parts.items().stream()
        .map(part -> part.at("text"))
        .filter(Field::isText)
        .forEach(text -> texts.add(text.text()));
    return String.join("\n", texts);
  }
}
