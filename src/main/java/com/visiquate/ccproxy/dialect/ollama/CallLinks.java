package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The calls of a conversation, for the results that follow them. Many clients of Ollama leave ids
 * out; then a call gets one that depends on its place alone, and its result is found by the tool's
 * name.
 */
final class CallLinks {
  private final Map<String, String> nameOf = new HashMap<>();
  private final List<ToolCall> open = new ArrayList<>();

  ToolCall call(String id, String name, RawJson arguments) {
    String own = id.isBlank() ? "call_%08d".formatted(nameOf.size()) : id;
    ToolCall call = new ToolCall(own, name, arguments);
    nameOf.put(own, name);
    open.add(call);
    return call;
  }

  Message.ToolResult result(String id, String name, String text, List<Image> images) {
    String own = id.isBlank() ? oldest(name) : id;
    open.removeIf(call -> call.id().equals(own));
    return new Message.ToolResult(own, nameOf.getOrDefault(own, name), text, images);
  }

  /** The first call of this tool that has no result yet; of any tool when none is named. */
  private String oldest(String name) {
    return open.stream()
        .filter(call -> name.isBlank() || call.name().equals(name))
        .map(ToolCall::id)
        .findFirst()
        .orElse("");
  }
}
