package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.CallsSoFar;
import com.visiquate.ccproxy.dialect.Dropped;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.PastWork;
import com.visiquate.ccproxy.dialect.RequestJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one turn of the model. Its pieces are joined without anything between them: so the model
 * wrote them, and so its cache knows them.
 */
final class AssistantTurn {
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thinking = new StringBuilder();
  private final List<ToolCall> calls = new ArrayList<>();
  private final Map<String, String> nameOfWork = new HashMap<>();
  private final Dropped dropped;

  private AssistantTurn(Dropped dropped) {
    this.dropped = dropped;
  }

  /** The turn, if anything of it is left; its calls are added to those that results may name. */
  static Optional<Message> read(List<Field> blocks, CallsSoFar callsSoFar, Dropped dropped) {
    AssistantTurn turn = new AssistantTurn(dropped);
    blocks.forEach(turn::add);
    turn.calls.forEach(callsSoFar::called);
    if (turn.text.isEmpty() && turn.thinking.isEmpty() && turn.calls.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Message.Assistant(turn.text.toString(), turn.thinking.toString(), turn.calls));
  }

  private void add(Field block) {
    String type = block.object().at("type").text();
    switch (type) {
      case "text" -> text.append(block.at("text").text());
      case "thinking" -> thinking.append(thought(block));
      case "tool_use" -> calls.add(call(block));
      case "server_tool_use", "mcp_tool_use" -> worked(block);
      // Only Anthropic can read it, and nothing follows from its loss.
      case "redacted_thinking" -> {}
      default -> other(type, block);
    }
  }

  private void other(String type, Field block) {
    if (type.endsWith("_tool_result")) {
      Field id = block.at("tool_use_id");
      String name = id.isText() ? nameOfWork.getOrDefault(id.text(), "") : "";
      apart(PastWork.returned(name, block.at("content")));
    } else {
      dropped.add("messages." + type);
    }
  }

  private void worked(Field block) {
    Field server = block.at("server_name");
    String name = (server.isText() ? server.text() + "." : "") + block.at("name").text("");
    nameOfWork.put(block.at("id").text(""), name);
    apart(PastWork.called(name, block.at("input")));
  }

  /** On lines of its own, because the model did not write it so. */
  private void apart(String told) {
    if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append('\n');
    }
    text.append(told).append('\n');
  }

  /** What was hidden from the client travels in the signature. */
  private static String thought(Field block) {
    Field shown = block.at("thinking");
    Field signature = block.at("signature");
    if (shown.isText() && !shown.text().isEmpty()) {
      return shown.text();
    }
    return signature.isText() ? Signature.hidden(signature.text()) : "";
  }

  private static ToolCall call(Field block) {
    return new ToolCall(
        ToolIds.fromClient(block.at("id").text()),
        block.at("name").text(),
        arguments(block.at("input")));
  }

  /**
   * What is no JSON object is wrapped and not refused: a model said it, the client only repeats it,
   * and an error would end that conversation for ever.
   */
  private static RawJson arguments(Field input) {
    if (input.isAbsent()) {
      return RawJson.EMPTY_OBJECT;
    }
    if (!input.isText()) {
      return input.object().raw();
    }
    return RequestJson.object(input.text()).orElseGet(() -> wrapped(input.text()));
  }

  private static RawJson wrapped(String text) {
    byte[] json = new ByteSink().raw("{\"input\":").json(text).raw("}").take();
    return new RawJson(new String(json, StandardCharsets.UTF_8));
  }
}
