package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;

/** Reads items of an input, one after the other; unknown ones are left out and named. */
final class ItemsReader {
  private final Turns turns;
  private final Dropped dropped;
  private final PastCalls calls;

  ItemsReader(Turns turns, Dropped dropped) {
    this.turns = turns;
    this.dropped = dropped;
    calls = new PastCalls(turns, dropped);
  }

  /**
   * @param attachments how strictly what the item shows is read
   */
  void read(Field item, Attachments attachments) {
    String type = type(item);
    switch (type) {
      case "message" -> message(item, attachments);
      case "reasoning" -> turns.thought(Thoughts.read(item));
      case "function_call" -> calls.function(item);
      case "custom_tool_call" -> calls.custom(item);
      case "local_shell_call" -> calls.localShell(item);
      case "shell_call" -> calls.shell(item);
      case "apply_patch_call" -> calls.applyPatch(item);
      case "function_call_output", "custom_tool_call_output", "local_shell_call_output" ->
          calls.output(item);
      case "shell_call_output" -> calls.shellOutput(item);
      case "apply_patch_call_output" -> calls.patchOutput(item);
      case "tool_search_call" -> calls.toolSearch(item);
      case "tool_search_output" -> calls.toolsFound(item);
      // What the model may do is read elsewhere; to the conversation they add nothing.
      case "additional_tools", "configuration_update" -> {}
      case "compaction" ->
          Summary.read(item).ifPresentOrElse(turns::add, () -> dropped.add("input." + type));
      default -> readPast(type, item);
    }
  }

  /** What other servers ran, and what came of it. */
  private void readPast(String type, Field item) {
    switch (type) {
      case "mcp_call",
          "mcp_approval_request",
          "web_search_call",
          "file_search_call",
          "code_interpreter_call",
          "image_generation_call",
          "computer_call",
          "program" ->
          turns.said(ServerCalls.told(type, item));
      case "computer_call_output", "mcp_approval_response", "program_output" ->
          turns.add(new Message.User(ServerCalls.told(type, item)));
      default -> dropped.add("input." + type);
    }
  }

  static String type(Field item) {
    return item.at("type").text("message");
  }

  private void message(Field item, Attachments attachments) {
    Field role = item.at("role");
    Parts parts = Parts.read(item.at("content"), attachments, dropped);
    switch (role.text()) {
      case "user" -> turns.add(new Message.User(parts.text(), parts.images()));
      case "assistant" -> turns.said(parts.textOnly());
      case "system", "developer" -> turns.add(new Message.Instruction(parts.textOnly()));
      default ->
          throw role.invalid(
              "'%s' must be user, assistant, system or developer.".formatted(role.path()));
    }
  }
}
