package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.visiquate.ccproxy.chat.RawJson;
import java.io.IOException;

/**
 * The arguments of a call as they came: an object, the text of one, or something else, which is
 * never lost: a tool must not run without its arguments.
 *
 * @param object what they are, or the object around what is none
 * @param text what was said instead of an object; empty when it was one
 */
record CallArguments(RawJson object, String text) {
  static final CallArguments NONE = new CallArguments(RawJson.EMPTY_OBJECT, "");

  /** The value at which the parser stands; the parser ends on its last token. */
  static CallArguments read(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> new CallArguments(Json.compact(parser), "");
      case VALUE_NULL -> NONE;
      case VALUE_STRING -> spoken(parser.getText());
      default -> wrapped(Json.compact(parser).text());
    };
  }

  /** Whether they were an object, or the text of one. */
  boolean isObject() {
    return text.isEmpty();
  }

  /** As the families of OpenAI write them; some servers that speak like Ollama do, too. */
  private static CallArguments spoken(String text) {
    if (text.isBlank()) {
      return NONE;
    }
    try (JsonParser inner = Json.MAPPER.getFactory().createParser(text)) {
      boolean object = inner.nextToken() == JsonToken.START_OBJECT;
      RawJson read = object ? Json.compact(inner) : RawJson.EMPTY_OBJECT;
      return object && inner.nextToken() == null ? new CallArguments(read, "") : wrapped(text);
    } catch (IOException notJson) {
      return wrapped(text);
    }
  }

  private static CallArguments wrapped(String text) {
    String inside = new String(JsonStringEncoder.getInstance().quoteAsString(text));
    return new CallArguments(new RawJson("{\"arguments\":\"" + inside + "\"}"), text);
  }
}
