package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.Mention;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** Finds out which earlier responses a body builds on. */
final class RecalledIds {
  private static final Mention PREVIOUS = new Mention("previous_response_id");
  private static final Mention REFERENCE = new Mention("item_reference");

  private RecalledIds() {}

  static Set<ResponseId> of(byte[] body) {
    // Most bodies build on nothing and are large; only the others are worth parsing twice.
    if (!PREVIOUS.isIn(body) && !REFERENCE.isIn(body) && !BareIds.areIn(body)) {
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
    if (previous.isText() && ItemIds.isResponse(previous.text())) {
      ids.add(new ResponseId(previous.text()));
    }
    if (body.at("input").isList()) {
      body.at("input").items().forEach(item -> referred(item).ifPresent(ids::add));
    }
    return ids;
  }

  private static Optional<ResponseId> referred(Field item) {
    boolean reference = ItemIds.isReference(item) && item.at("id").isText();
    return reference ? ItemIds.responseOf(item.at("id").text()) : Optional.empty();
  }
}
