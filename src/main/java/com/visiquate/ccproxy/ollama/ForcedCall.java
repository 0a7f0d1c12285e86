package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of an answer that must be a tool call and was forced to be its JSON; owns that text
 * until it is clear which of both it is. Text of any other answer passes at once.
 */
final class ForcedCall {
  private final List<Tool> offered;
  private final List<ChatEvent.Text> held = new ArrayList<>();
  private boolean holding;

  /** One of these must be called; any answer is fine when there are none. */
  ForcedCall(List<Tool> offered) {
    this.offered = offered;
    holding = !offered.isEmpty();
  }

  void text(ChatEvent.Text text, List<ChatEvent> events) {
    if (holding) {
      held.add(text);
    } else {
      events.add(text);
    }
  }

  /** A real call came: what was held is text after all. */
  void release(List<ChatEvent> events) {
    events.addAll(held);
    held.clear();
    holding = false;
  }

  /** The answer is complete: what was held is a call, or text that must not be lost. */
  void end(Consumer<Line.Called> calls, List<ChatEvent> events) {
    Line.Called call = holding ? parse() : null;
    if (call == null) {
      release(events);
    } else {
      held.clear();
      calls.accept(call);
    }
  }

  private Line.@Nullable Called parse() {
    String json = held.stream().map(ChatEvent.Text::text).collect(Collectors.joining());
    try (JsonParser parser = Json.MAPPER.getFactory().createParser(json)) {
      return parser.nextToken() == JsonToken.START_OBJECT ? parse(parser) : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  private Line.@Nullable Called parse(JsonParser parser) throws IOException {
    String name = "";
    RawJson arguments = RawJson.EMPTY_OBJECT;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("name") && value == JsonToken.VALUE_STRING) {
        name = parser.getText();
      } else if (field.equals("arguments") && value == JsonToken.START_OBJECT) {
        arguments = Json.compact(parser);
      } else {
        parser.skipChildren();
      }
    }
    return parser.nextToken() == null && offered(name)
        ? new Line.Called("", name, arguments)
        : null;
  }

  private boolean offered(String name) {
    return offered.stream().map(Tool::name).anyMatch(name::equals);
  }
}
