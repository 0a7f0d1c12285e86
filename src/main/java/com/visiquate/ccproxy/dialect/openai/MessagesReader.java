package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.CallsSoFar;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.RequestJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads a conversation in order; owns what its tool results need to know of the calls before. */
final class MessagesReader {
  private final CallsSoFar callsSoFar = new CallsSoFar();
  private final Map<String, String> legacyCallOf = new HashMap<>();
  private int legacyCalls;

  List<Message> read(Field messages) {
    List<Message> read = new ArrayList<>();
    List<Field> all = messages.items();
    int last = Attachments.lastTurn(all);
    for (Field message : all) {
      read.add(message(message.object(), Attachments.of(read.size(), last)));
    }
    if (read.isEmpty()) {
      throw messages.invalid("'messages' must hold at least one message.");
    }
    return read;
  }

  private Message message(Field message, Attachments attachments) {
    Field role = message.at("role");
    Content content = Content.read(message.at("content"), attachments);
    return switch (role.text()) {
      case "system", "developer" -> new Message.Instruction(content.textOnly());
      case "user" -> new Message.User(content.text(), content.images());
      case "assistant" -> assistant(message, content);
      case "tool" -> result(message, content);
      case "function" -> legacyResult(message, content);
      default ->
          throw role.invalid(
              "'%s' must be system, developer, user, assistant or tool.".formatted(role.path()));
    };
  }

  private Message assistant(Field message, Content content) {
    List<ToolCall> calls = new ArrayList<>();
    message.at("tool_calls").items().forEach(call -> calls.add(call(call.object())));
    if (!message.at("function_call").isAbsent()) {
      calls.add(legacyCall(message.at("function_call").object()));
    }
    calls.forEach(callsSoFar::called);
    Field thinking = message.at("reasoning_content");
    String thought = (thinking.isAbsent() ? message.at("reasoning") : thinking).text("");
    // A refusal is what it said instead.
    String said =
        content.textOnly().isEmpty() ? message.at("refusal").text("") : content.textOnly();
    return new Message.Assistant(said, thought, calls);
  }

  private static ToolCall call(Field call) {
    String id = call.at("id").text("");
    if (call.at("type").text("function").equals("custom")) {
      Field custom = call.at("custom").object();
      return new ToolCall(
          id, custom.at("name").text(), wrapped("input", custom.at("input").text("")));
    }
    Field function = call.at("function").object();
    return new ToolCall(id, function.at("name").text(), arguments(function.at("arguments")));
  }

  /** Legacy calls have no id; their place in the conversation makes one. */
  private ToolCall legacyCall(Field call) {
    String name = call.at("name").text();
    String id = "call_legacy_%04d".formatted(legacyCalls++);
    legacyCallOf.put(name, id);
    return new ToolCall(id, name, arguments(call.at("arguments")));
  }

  /**
   * What is no JSON object is wrapped and not refused: a model said it, the client only repeats it,
   * and an error would end that conversation for ever.
   */
  private static RawJson arguments(Field arguments) {
    if (arguments.isObject()) {
      return arguments.raw();
    }
    String text = arguments.text("");
    return text.isBlank()
        ? RawJson.EMPTY_OBJECT
        : RequestJson.object(text).orElseGet(() -> wrapped("arguments", text));
  }

  private static RawJson wrapped(String key, String text) {
    byte[] json = new ByteSink().raw("{").json(key).raw(":").json(text).raw("}").take();
    return new RawJson(new String(json, StandardCharsets.UTF_8));
  }

  private Message result(Field message, Content content) {
    String id = message.at("tool_call_id").text("");
    String name = message.at("name").text("");
    ToolCall call = callsSoFar.answered(id, name);
    return call == null
        ? new Message.ToolResult(id, name, content.text(), content.images())
        : new Message.ToolResult(call.id(), call.name(), content.text(), content.images());
  }

  private Message legacyResult(Field message, Content content) {
    String name = message.at("name").text();
    String id = legacyCallOf.getOrDefault(name, "");
    return new Message.ToolResult(id, name, content.text(), content.images());
  }
}
