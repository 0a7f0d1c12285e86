package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Tool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The text of an answer that may be a tool call, because its format says so: must be one where a
 * tool has to be called, and can be one where the client wants either a call or an answer in a
 * schema. Owns that text until it is clear which of both it is; any other text passes at once.
 */
final class WrittenCall {
  private final List<Tool> offered;
  private final @Nullable CallBeginning beginning;
  private final List<ChatEvent.Text> held = new ArrayList<>();
  private boolean holding;

  private WrittenCall(List<Tool> offered, @Nullable CallBeginning beginning) {
    this.offered = offered;
    this.beginning = beginning;
    holding = !offered.isEmpty();
  }

  /** For the answer to this request; null when it is no chat. */
  static WrittenCall of(@Nullable ChatRequest chat) {
    if (chat == null || !(chat.mustCall() || chat.mayCallOrAnswer())) {
      return new WrittenCall(List.of(), null);
    }
    List<Tool> offered = chat.offeredTools();
    return new WrittenCall(offered, chat.mustCall() ? null : new CallBeginning(offered));
  }

  void text(ChatEvent.Text text, List<ChatEvent> events) {
    if (!holding) {
      events.add(text);
      return;
    }
    held.add(text);
    if (beginning != null && !beginning.continues(text.text())) {
      release(events);
    }
  }

  /** A real call came, or what cannot be one any more: what was held is text after all. */
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
    CallArguments arguments = CallArguments.NONE;
    boolean more = false;
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (field.equals("name") && value == JsonToken.VALUE_STRING) {
        name = parser.getText();
      } else if (field.equals("arguments")) {
        arguments = CallArguments.read(parser);
      } else {
        more = true;
        parser.skipChildren();
      }
    }
    // An answer in the client's schema may have a name, too; a call has nothing else.
    boolean answer = beginning != null && more;
    return parser.nextToken() == null && !answer && offered(name) && arguments.isObject()
        ? new Line.Called("", name, arguments)
        : null;
  }

  private boolean offered(String name) {
    return offered.stream().map(Tool::name).anyMatch(name::equals);
  }
}
