package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.ThinkingWish;
import com.visiquate.ccproxy.dialect.openai.ChoiceReader;
import java.util.List;
import java.util.Set;

/** Reads a body of {@code POST /api/chat}. */
final class ChatReader {
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "messages",
          "tools",
          "tool_choice",
          "stream",
          "format",
          "options",
          "logprobs",
          "top_logprobs");

  private ChatReader() {}

  static Asked read(Field body) {
    String model = Common.model(body);
    Common.refuseRendering(body);
    Dropped dropped = new Dropped();
    List<Message> messages = new MessagesReader().read(body.at("messages"));
    if (messages.isEmpty()) {
      return new Asked.Residence(model);
    }
    List<Tool> tools = ToolsReader.read(body.at("tools"), dropped);
    ChatRequest request =
        new ChatRequest(
            model,
            messages,
            tools,
            new ChoiceReader(tools).read(body.at("tool_choice")),
            true,
            OptionsReader.read(body.at("options"), dropped),
            Common.format(body.at("format")),
            Common.think(body),
            Common.topLogprobs(body, dropped));
    dropped.addUnknown(body, List.of(KNOWN, ThinkingWish.NAMES));
    return new Asked.Work(
        new Decoded.Understood(
            request, body.at("stream").flag(true), NativeForm.PLAIN, null, dropped.names()));
  }
}
