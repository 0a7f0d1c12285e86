package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.ByteSink;

/** A call of a tool as the client knows it: the events of it, and the item. */
final class CallItem {
  private final ToolCall call;
  private final ClientTool tool;
  private final int index;
  private final String id;

  CallItem(ToolCall call, ClientTool tool, String exchange, int index) {
    this.call = call;
    this.tool = tool;
    this.index = index;
    id = ItemIds.output(prefix(tool), exchange, index);
  }

  /** All events of the call, which is complete when it arrives; returns the item. */
  String write(Events events, ByteSink out) {
    item("response.output_item.added", item("in_progress", ""), events, out);
    switch (tool) {
      case ClientTool.Function function -> {
        String name = ",\"name\":" + Written.text(new ByteSink().json(function.name()));
        texts("response.function_call_arguments", "arguments", name, events, out);
      }
      case ClientTool.Custom custom ->
          texts("response.custom_tool_call_input", "input", "", events, out);
      // Of these no pieces are ever sent: clients go by the whole item.
      case ClientTool.LocalShell local -> {}
      case ClientTool.Shell shell -> {}
      case ClientTool.ApplyPatch patch -> {}
      case ClientTool.ToolSearch search -> {}
    }
    String done = item("completed", said());
    item("response.output_item.done", done, events, out);
    return done;
  }

  private void item(String type, String item, Events events, ByteSink out) {
    events.begin(type, out).raw(",\"output_index\":").number(index).raw(",\"item\":").raw(item);
    events.end(out);
  }

  private void texts(String type, String member, String more, Events events, ByteSink out) {
    event(type + ".delta", events, out).raw(",\"delta\":").json(said());
    events.end(out);
    event(type + ".done", events, out).raw(more).raw(",").json(member).raw(":").json(said());
    events.end(out);
  }

  private ByteSink event(String type, Events events, ByteSink out) {
    events.begin(type, out).raw(",\"item_id\":").json(id);
    return out.raw(",\"output_index\":").number(index);
  }

  private String said() {
    return tool instanceof ClientTool.Custom ? Arguments.freeText(call) : call.said();
  }

  private String item(String status, String said) {
    ByteSink out = new ByteSink().raw("{\"id\":").json(id);
    switch (tool) {
      case ClientTool.Function it -> {
        named("function_call", it.name(), it.namespace(), out);
        out.raw(",\"arguments\":").json(said);
      }
      case ClientTool.Custom it -> {
        named("custom_tool_call", it.name(), it.namespace(), out);
        out.raw(",\"input\":").json(said);
      }
      case ClientTool.LocalShell it -> BuiltInCalls.localShell(call, head("local_shell_call", out));
      case ClientTool.Shell it -> BuiltInCalls.shell(call, head("shell_call", out));
      case ClientTool.ApplyPatch it -> BuiltInCalls.applyPatch(call, head("apply_patch_call", out));
      case ClientTool.ToolSearch it -> {
        head("tool_search_call", out).raw(",\"execution\":\"client\",\"arguments\":");
        out.raw(call.arguments().text());
      }
    }
    return Written.text(out.raw(",\"status\":").json(status).raw("}"));
  }

  private void named(String type, String name, String namespace, ByteSink out) {
    head(type, out).raw(",\"name\":").json(name);
    if (!namespace.isEmpty()) {
      out.raw(",\"namespace\":").json(namespace);
    }
  }

  private ByteSink head(String type, ByteSink out) {
    return out.raw(",\"type\":").json(type).raw(",\"call_id\":").json(call.id());
  }

  private static String prefix(ClientTool tool) {
    return switch (tool) {
      case ClientTool.Function it -> "fc_";
      case ClientTool.Custom it -> "ctc_";
      case ClientTool.LocalShell it -> "lsh_";
      case ClientTool.Shell it -> "sh_";
      case ClientTool.ApplyPatch it -> "apc_";
      case ClientTool.ToolSearch it -> "tsc_";
    };
  }
}
