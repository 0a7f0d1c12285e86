package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Field;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds out which earlier responses a body builds on. */
final class RecalledIds {
  private static final byte[] PREVIOUS = bytes("\"previous_response_id\"");
  private static final byte[] REFERENCE = bytes("\"item_reference\"");

  private RecalledIds() {}

  static Set<ResponseId> of(byte[] body) {
    // Most bodies build on nothing and are large; only the others are worth parsing twice.
    if (!holds(body, PREVIOUS) && !holds(body, REFERENCE)) {
      return Set.of();
    }
    try {
      return of(Field.parse(body));
    } catch (BadField unreadable) {
      return Set.of();
    }
  }

  private static Set<ResponseId> of(Field body) {
    Set<ResponseId> ids = new LinkedHashSet<>();
    Field previous = body.at("previous_response_id");
    if (previous.isText()) {
      ids.add(new ResponseId(previous.text()));
    }
    if (body.at("input").isList()) {
      body.at("input").items().forEach(item -> referred(item).ifPresent(ids::add));
    }
    return ids;
  }

  private static Optional<ResponseId> referred(Field item) {
    boolean reference =
        item.at("type").isText()
            && item.at("type").text().equals("item_reference")
            && item.at("id").isText();
    return reference ? ItemIds.responseOf(item.at("id").text()) : Optional.empty();
  }

  private static boolean holds(byte[] body, byte[] word) {
    for (int at = 0; at <= body.length - word.length; at++) {
      if (body[at] == '"' && matches(body, at, word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] body, int at, byte[] word) {
    int same = 1;
    while (same < word.length && body[at + same] == word[same]) {
      same++;
    }
    return same == word.length;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
