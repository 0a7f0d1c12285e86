package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.dialect.Field;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of responses and items. An item's id holds that of its response, so that a reference to
 * an item says whom to ask for it and no index over all items is needed.
 */
final class ItemIds {
  private static final Pattern OURS = Pattern.compile("[a-z]+_([0-9A-Za-z]+)_i?[0-9]+");

  private static final String RESPONSE = "resp_";

  private ItemIds() {}

  static ResponseId response(String exchange) {
    return new ResponseId(RESPONSE + exchange);
  }

  /** Whether an id may be one of a response: others share the memory with them. */
  static boolean isResponse(String id) {
    return id.startsWith(RESPONSE);
  }

  /** The id of an item of an answer. */
  static String output(String prefix, String exchange, int index) {
    return prefix + exchange + "_" + index;
  }

  /** The id of an item of a request that came without one. */
  static String input(String exchange, int index) {
    return "msg_" + exchange + "_i" + index;
  }

  /**
   * Whether an item stands for another one: by its type, or because it has an id and nothing that
   * says what it is.
   */
  static boolean isReference(Field item) {
    Field type = item.at("type");
    return type.isAbsent()
        ? item.at("id").isText() && item.at("role").isAbsent()
        : type.isText() && type.text().equals("item_reference");
  }

  /** The response that an item belongs to; nothing when the id is not from here. */
  static Optional<ResponseId> responseOf(String itemId) {
    Matcher ours = OURS.matcher(itemId);
    return ours.matches() ? Optional.of(response(ours.group(1))) : Optional.empty();
  }
}
