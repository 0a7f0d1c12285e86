package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import java.util.Optional;

/**
 * Items of a request in the form in which they are remembered: complete, as whoever lists them
 * expects it, and with the id in front, so that one can be found without reading it all.
 */
final class StoredItems {
  private static final String FIRST = "{\"id\":";

  private StoredItems() {}

  static RawJson of(Field item) {
    ByteSink out = new ByteSink();
    if (item.at("id").isText()) {
      out.raw(FIRST).json(item.at("id").text()).raw(",");
    } else {
      out.raw("{");
    }
    out.raw("\"type\":").json(item.at("type").text("message"));
    out.raw(",\"status\":")
        .json(item.at("status").isText() ? item.at("status").text() : "completed");
    for (String name : item.names()) {
      switch (name) {
        case "id", "type", "status" -> {}
        default -> member(item, name, out.raw(",").json(name).raw(":"));
      }
    }
    return Written.json(out.raw("}"));
  }

  /** The item with the id that it has or else gets now. */
  static RawJson identified(RawJson item, String exchange, int index) {
    if (item.text().startsWith(FIRST)) {
      return item;
    }
    String id = FIRST + "\"" + ItemIds.input(exchange, index) + "\",";
    return new RawJson(id + item.text().substring(1));
  }

  static Optional<RawJson> find(StoredResponse response, String id) {
    return response.conversation().filter(item -> isOf(item, id)).findFirst();
  }

  static boolean isOf(RawJson item, String id) {
    return item.text().startsWith(Written.text(new ByteSink().raw(FIRST).json(id)));
  }

  static boolean isOfUser(RawJson item) {
    Field field = Field.parse(Utf8.bytes(item.text()));
    return field.at("type").text("").equals("message")
        && field.at("role").isText()
        && field.at("role").text().equals("user");
  }

  /** Parts, also where the client sent a text. */
  private static void member(Field item, String name, ByteSink out) {
    Field value = item.at(name);
    if (!name.equals("content") || !value.isText()) {
      out.raw(value.raw().text());
      return;
    }
    boolean answer = item.at("role").isText() && item.at("role").text().equals("assistant");
    out.raw("[{\"type\":").json(answer ? "output_text" : "input_text");
    out.raw(",\"text\":").json(value.text());
    out.raw(answer ? ",\"annotations\":[],\"logprobs\":[]}]" : "}]");
  }
}
