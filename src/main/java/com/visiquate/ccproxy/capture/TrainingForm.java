package com.visiquate.ccproxy.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A conversation in OpenAI's form for fine-tuning chats, blanked. */
final class TrainingForm {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Pictures cannot be searched for secrets. */
  private static final String IMAGE = "[image]";

  private final Blanker blanker;
  private final ArrayNode messages = JSON.createArrayNode();

  /** Ids of calls that have no result yet, for clients that do not say which one they answer. */
  private final Deque<String> open = new ArrayDeque<>();

  private TrainingForm(Blanker blanker) {
    this.blanker = blanker;
  }

  /** All that was said, without the answer when that is null. */
  static ObjectNode of(ChatRequest request, Message.Assistant answer, Blanker blanker) {
    TrainingForm form = new TrainingForm(blanker);
    request.messages().forEach(form::add);
    form.add(answer);
    ObjectNode conversation = JSON.createObjectNode();
    conversation.set("messages", form.messages);
    List<Tool> tools = request.offeredTools();
    if (!tools.isEmpty()) {
      ArrayNode offered = conversation.putArray("tools");
      tools.forEach(tool -> offered.add(form.tool(tool)));
      conversation.put("parallel_tool_calls", request.parallelCalls());
    }
    return conversation;
  }

  private void add(Message message) {
    switch (message) {
      case Message.Instruction said -> text("system", said.text());
      case Message.User said -> text("user", said.images().isEmpty() ? said.text() : seen(said));
      case Message.Assistant said -> assistant(said);
      case Message.ToolResult result -> result(result);
    }
  }

  private static String seen(Message.User said) {
    return said.text().isEmpty() ? IMAGE : said.text() + "\n" + IMAGE;
  }

  private void text(String role, String text) {
    String blanked = blanker.text(text);
    if (!blanked.isBlank()) {
      messages.addObject().put("role", role).put("content", blanked);
    }
  }

  private void assistant(Message.Assistant said) {
    if (said.calls().isEmpty()) {
      text("assistant", said.text());
      return;
    }
    open.clear();
    ObjectNode message = messages.addObject().put("role", "assistant");
    String blanked = blanker.text(said.text());
    if (!blanked.isBlank()) {
      message.put("content", blanked);
    }
    ArrayNode calls = message.putArray("tool_calls");
    said.calls().forEach(call -> calls.add(call(call)));
  }

  private ObjectNode call(ToolCall call) {
    String id = blanker.text(call.id());
    open.add(id);
    ObjectNode made = JSON.createObjectNode().put("id", id).put("type", "function");
    made.putObject("function")
        .put("name", blanker.text(call.name()))
        .put("arguments", blanker.json(call.arguments().text()));
    return made;
  }

  private void result(Message.ToolResult result) {
    String id = result.callId().isEmpty() ? "" : blanker.text(result.callId());
    String answered = id.isEmpty() && !open.isEmpty() ? open.getFirst() : id;
    open.remove(answered);
    String text = result.text().isEmpty() && !result.images().isEmpty() ? IMAGE : result.text();
    messages
        .addObject()
        .put("role", "tool")
        .put("tool_call_id", answered)
        .put("content", blanker.text(text));
  }

  private ObjectNode tool(Tool tool) {
    ObjectNode offered = JSON.createObjectNode().put("type", "function");
    ObjectNode function = offered.putObject("function").put("name", blanker.text(tool.name()));
    if (!tool.description().isEmpty()) {
      function.put("description", blanker.text(tool.description()));
    }
    try {
      function.set("parameters", blanker.tree(JSON.readTree(tool.parameters().text())));
    } catch (JsonProcessingException noSchema) {
      function.putObject("parameters").put("type", "object");
    }
    return offered;
  }
}
