package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.Attachments;
import com.visiquate.ccproxy.dialect.CallsSoFar;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.RequestJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads a conversation in order. */
final class MessagesReader {
  private final CallsSoFar callsSoFar = new CallsSoFar();
  private int calls;

  /** The messages; none where Ollama would only load the model. */
  List<Message> read(Field messages) {
    List<Message> read = new ArrayList<>();
    List<Field> all = messages.items();
    int last = Attachments.lastTurn(all);
    for (Field message : all) {
      read.add(message(message.object(), Attachments.of(read.size(), last)));
    }
    return read;
  }

  private Message message(Field message, Attachments attachments) {
    Field role = message.at("role");
    List<String> texts = new ArrayList<>();
    texts.add(message.at("content").text(""));
    List<Image> images = Images.read(message.at("images"), attachments, texts);
    String text = String.join("\n", texts);
    return switch (role.text().toLowerCase(Locale.ROOT)) {
      case "system", "developer" -> new Message.Instruction(Attachments.without(images, text));
      case "user" -> new Message.User(text, images);
      case "assistant" -> assistant(message, Attachments.without(images, text));
      case "tool" -> result(id(message), toolName(message), text, images);
      default ->
          throw role.invalid(
              "'%s' must be system, user, assistant or tool.".formatted(role.path()));
    };
  }

  private Message assistant(Field message, String text) {
    List<ToolCall> calls = new ArrayList<>();
    message.at("tool_calls").items().forEach(call -> calls.add(call(call.object())));
    return new Message.Assistant(text, message.at("thinking").text(""), calls);
  }

  private ToolCall call(Field call) {
    Field function = call.at("function").object();
    String id = call.at("id").text("");
    // Many clients leave ids out; then a call gets one that depends on its place alone.
    String own = id.isBlank() ? "call_%08d".formatted(calls) : id;
    calls++;
    ToolCall read =
        new ToolCall(own, function.at("name").text(), arguments(function.at("arguments")));
    callsSoFar.called(read);
    return read;
  }

  private Message result(String id, String name, String text, List<Image> images) {
    ToolCall call = callsSoFar.answered(id, name);
    return call == null
        ? new Message.ToolResult(id, name, text, images)
        : new Message.ToolResult(call.id(), call.name(), text, images);
  }

  /** Ollama wants an object; that of a client who repeats OpenAI's text is read all the same. */
  private static RawJson arguments(Field arguments) {
    if (arguments.isAbsent()) {
      return RawJson.EMPTY_OBJECT;
    }
    if (!arguments.isText()) {
      return arguments.object().raw();
    }
    if (arguments.text().isBlank()) {
      return RawJson.EMPTY_OBJECT;
    }
    return RequestJson.object(arguments.text())
        .orElseThrow(
            () -> arguments.invalid("'%s' must be an object.".formatted(arguments.path())));
  }

  private static String id(Field message) {
    return message.at("tool_call_id").text("");
  }

  private static String toolName(Field message) {
    Field name = message.at("tool_name");
    return (name.isAbsent() ? message.at("name") : name).text("");
  }
}
