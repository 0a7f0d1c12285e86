package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.RequestJson;
import java.util.List;

/** The arguments of calls, between the text that clients hold and the object that models give. */
final class Arguments {
  private static final String INPUT = "input";

  private Arguments() {}

  /**
   * The arguments of a function call. What is no JSON object is wrapped and not refused: a model
   * said it, the client only repeats it, and an error would end that conversation for ever.
   */
  static RawJson ofFunction(Field arguments) {
    if (arguments.isObject()) {
      return arguments.raw();
    }
    String text = arguments.text("");
    return text.isBlank()
        ? RawJson.EMPTY_OBJECT
        : RequestJson.object(text).orElseGet(() -> wrapped("arguments", text));
  }

  static RawJson ofFreeText(String input) {
    return wrapped(INPUT, input);
  }

  /** The free text of a call; a model that did not keep to the one parameter is quoted in full. */
  static String freeText(ToolCall call) {
    Field object = tree(call.arguments());
    boolean one = object.names().equals(List.of(INPUT)) && object.at(INPUT).isText();
    return one ? object.at(INPUT).text() : call.said();
  }

  /** Arguments to look into; an empty object when they are none after all. */
  static Field tree(RawJson arguments) {
    try {
      return parsed(arguments.text());
    } catch (BadField noObject) {
      return parsed("{}");
    }
  }

  private static Field parsed(String json) {
    return Field.parse(Utf8.bytes(json));
  }

  private static RawJson wrapped(String key, String text) {
    return Written.json(new ByteSink().raw("{").json(key).raw(":").json(text).raw("}"));
  }
}
