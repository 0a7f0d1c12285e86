package com.visiquate.ccproxy.dialect.openai;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.io.IOException;
import java.util.List;

/** Writes tool calls in their three forms: functions, free-text tools, and legacy functions. */
final class Calls {
  private static final JsonFactory JSON = new JsonFactory();

  private Calls() {}

  /** The first fragment of a streamed call: everything but the arguments. */
  static void opening(ToolCall call, int index, ChatForm form, ByteSink out) {
    if (form.legacy()) {
      out.raw("{\"function_call\":{\"name\":").json(call.name()).raw(",\"arguments\":\"\"}}");
      return;
    }
    out.raw("{\"tool_calls\":[{\"index\":").number(index).raw(",");
    body(call, form, "", out);
    out.raw("]}");
  }

  /** The second and last fragment: the arguments and nothing else, or they would add up. */
  static void arguments(ToolCall call, int index, ChatForm form, ByteSink out) {
    if (form.legacy()) {
      out.raw("{\"function_call\":{\"arguments\":").json(call.said()).raw("}}");
      return;
    }
    boolean custom = form.custom().contains(call.name());
    out.raw("{\"tool_calls\":[{\"index\":").number(index);
    out.raw(custom ? ",\"custom\":{\"input\":" : ",\"function\":{\"arguments\":");
    out.json(said(call, custom)).raw("}}]}");
  }

  /** The member of a whole message that holds all its calls. */
  static void whole(List<ToolCall> calls, ChatForm form, ByteSink out) {
    if (form.legacy()) {
      ToolCall call = calls.getFirst();
      out.raw("\"function_call\":{\"name\":").json(call.name());
      out.raw(",\"arguments\":").json(call.said()).raw("}");
      return;
    }
    out.raw("\"tool_calls\":[");
    for (int i = 0; i < calls.size(); i++) {
      ToolCall call = calls.get(i);
      out.raw(i == 0 ? "{" : ",{");
      body(call, form, said(call, form.custom().contains(call.name())), out);
    }
    out.raw("]");
  }

  private static void body(ToolCall call, ChatForm form, String arguments, ByteSink out) {
    boolean custom = form.custom().contains(call.name());
    String kind = custom ? "custom" : "function";
    out.raw("\"id\":").json(call.id()).raw(",\"type\":").json(kind);
    out.raw(",").json(kind).raw(":{\"name\":").json(call.name());
    out.raw(custom ? ",\"input\":" : ",\"arguments\":").json(arguments).raw("}}");
  }

  private static String said(ToolCall call, boolean custom) {
    return custom ? input(call.said()) : call.said();
  }

  /** The free text; a model that did not keep to its one parameter is quoted in full. */
  private static String input(String arguments) {
    try (JsonParser parser = JSON.createParser(arguments)) {
      boolean one =
          parser.nextToken() == JsonToken.START_OBJECT
              && "input".equals(parser.nextFieldName())
              && parser.nextToken() == JsonToken.VALUE_STRING;
      String text = one ? parser.getText() : arguments;
      return one && parser.nextToken() == JsonToken.END_OBJECT ? text : arguments;
    } catch (IOException malformed) {
      return arguments;
    }
  }
}
