package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ids of items. An item's id holds that of its response, so that a reference to an item says
 * whom to ask for it and no index over all items is needed.
 */
final class ItemIds {
  private static final Pattern OURS = Pattern.compile("[a-z]+_([0-9A-Za-z]+)_i?[0-9]+");
  private static final String FIRST = "{\"id\":";

  private ItemIds() {}

  static String response(String exchange) {
    return "resp_" + exchange;
  }

  /** The id of an item of an answer. */
  static String output(String prefix, String exchange, int index) {
    return prefix + exchange + "_" + index;
  }

  /** The response that an item belongs to; nothing when the id is not from here. */
  static Optional<String> responseOf(String itemId) {
    Matcher ours = OURS.matcher(itemId);
    return ours.matches() ? Optional.of(response(ours.group(1))) : Optional.empty();
  }

  /** An item of a request with its id in front, when it has one. */
  static RawJson idFirst(Field item) {
    ByteSink out = new ByteSink();
    if (item.at("id").isText()) {
      out.raw(FIRST).json(item.at("id").text()).raw(",");
    } else {
      out.raw("{");
    }
    out.raw("\"type\":").json(item.at("type").text("message"));
    for (String name : item.names()) {
      if (!name.equals("id") && !name.equals("type")) {
        member(item, name, out.raw(",").json(name).raw(":"));
      }
    }
    return json(out.raw("}"));
  }

  /** The item with the id that it has or else gets now. */
  static RawJson identified(RawJson item, String exchange, int index) {
    if (item.text().startsWith(FIRST)) {
      return item;
    }
    String id = "%s\"msg_%s_i%d\",".formatted(FIRST, exchange, index);
    return new RawJson(id + item.text().substring(1));
  }

  static boolean isOf(RawJson item, String id) {
    String start = json(new ByteSink().raw(FIRST).json(id)).text();
    return item.text().startsWith(start);
  }

  static RawJson json(ByteSink out) {
    return new RawJson(new String(out.take(), StandardCharsets.UTF_8));
  }

  /** Whoever lists items expects parts, also where the client sent a text. */
  private static void member(Field item, String name, ByteSink out) {
    Field value = item.at(name);
    if (!name.equals("content") || !value.isText()) {
      out.raw(value.raw().text());
      return;
    }
    boolean answer = item.at("role").isText() && item.at("role").text().equals("assistant");
    out.raw(answer ? "[{\"type\":\"output_text\",\"annotations\":[]" : "[{\"type\":\"input_text\"");
    out.raw(",\"text\":").json(value.text()).raw("}]");
  }
}
