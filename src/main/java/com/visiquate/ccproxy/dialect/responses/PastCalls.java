package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.CallsSoFar;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads calls of earlier answers and what came of them; owns which tool a call was of. */
final class PastCalls {
  private final Turns turns;
  private final Dropped dropped;
  private final CallsSoFar calls = new CallsSoFar();
  private final Map<String, ToolCall> callOfItem = new HashMap<>();

  PastCalls(Turns turns, Dropped dropped) {
    this.turns = turns;
    this.dropped = dropped;
  }

  void function(Field item) {
    called(item, flatName(item), Arguments.ofFunction(item.at("arguments")));
  }

  void custom(Field item) {
    called(item, flatName(item), Arguments.ofFreeText(item.at("input").text("")));
  }

  void localShell(Field item) {
    RawJson arguments =
        members(
            item.at("action").object(),
            "command",
            "working_directory",
            "timeout_ms",
            "env",
            "user");
    called(item, ClientTool.LOCAL_SHELL, arguments);
  }

  void toolSearch(Field item) {
    called(item, ClientTool.TOOL_SEARCH, Arguments.ofFunction(item.at("arguments")));
  }

  /** What was found is offered from here on; the model is told the names. */
  void toolsFound(Field item) {
    String found = String.join(", ", ToolsReader.names(item.at("tools")));
    String text = found.isEmpty() ? "No tools found." : "Tools found: " + found;
    ToolCall call =
        item.at("call_id").isAbsent()
            ? calls.answered("", ClientTool.TOOL_SEARCH)
            : calls.answered(callId(item), "");
    String id = call == null ? callId(item) : call.id();
    turns.add(new Message.ToolResult(id, ClientTool.TOOL_SEARCH, text, List.of()));
  }

  void shell(Field item) {
    RawJson arguments =
        members(item.at("action").object(), "commands", "timeout_ms", "max_output_length");
    called(item, ClientTool.SHELL, arguments);
  }

  void applyPatch(Field item) {
    called(item, ClientTool.APPLY_PATCH, members(item, "operation"));
  }

  void output(Field item) {
    Parts parts = Parts.read(item.at("output"), Attachments.EARLIER, dropped);
    ToolCall call = call(item);
    turns.add(new Message.ToolResult(call.id(), call.name(), parts.text(), parts.images()));
  }

  void shellOutput(Field item) {
    result(item, ShellOutput.text(item.at("output")));
  }

  void patchOutput(Field item) {
    String said = item.at("output").text("");
    String status = item.at("status").text("completed");
    result(item, said.isBlank() ? status : status + ": " + said);
  }

  private void called(Field item, String name, RawJson arguments) {
    ToolCall call = new ToolCall(callId(item), name, arguments);
    calls.called(call);
    // Outputs of the older shell refer to the item instead of the call.
    callOfItem.put(item.at("id").text(call.id()), call);
    turns.called(call);
  }

  private void result(Field item, String text) {
    ToolCall call = call(item);
    turns.add(new Message.ToolResult(call.id(), call.name(), text, List.of()));
  }

  private ToolCall call(Field item) {
    String id = callId(item);
    ToolCall call = calls.answered(id, "");
    return call != null
        ? call
        : callOfItem.getOrDefault(id, new ToolCall(id, "", RawJson.EMPTY_OBJECT));
  }

  private static String callId(Field item) {
    return item.at("call_id").text(item.at("id").text(""));
  }

  private static String flatName(Field item) {
    return ClientTool.flat(item.at("namespace").text(""), item.at("name").text());
  }

  /** An object of those members that are there. */
  private static RawJson members(Field object, String... names) {
    List<String> members = new ArrayList<>();
    for (String name : names) {
      Field value = object.at(name);
      if (!value.isAbsent() && !(value.isObject() && value.names().isEmpty())) {
        members.add("\"%s\":%s".formatted(name, value.raw().text()));
      }
    }
    return new RawJson("{" + String.join(",", members) + "}");
  }
}
