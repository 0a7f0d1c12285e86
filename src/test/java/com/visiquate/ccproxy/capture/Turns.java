package com.visiquate.ccproxy.capture;

import com.visiquate.ccproxy.bus.CaptureMessage.Turn;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.ExchangeEnded.Conversation;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Instant;
import java.util.List;

/** Turns of conversations as http hands them over. */
final class Turns {
  static final Instant START = Instant.parse("2026-11-30T12:00:00Z");

  private Turns() {}

  static Message.Assistant answer(String text) {
    return new Message.Assistant(text, "", List.of());
  }

  static Message.Assistant calls(String text, ToolCall... calls) {
    return new Message.Assistant(text, "", List.of(calls));
  }

  static ToolCall call(String id, String arguments) {
    return new ToolCall(id, "bash", new RawJson(arguments));
  }

  static Message.ToolResult result(String id, String text) {
    return new Message.ToolResult(id, "bash", text, List.of());
  }

  static Line line(String conversation, int minute, Message.Assistant answer, Message... asked) {
    return Line.of(turn(conversation, minute, answer, asked), new Blanker(List.of()));
  }

  static Turn turn(String conversation, int minute, Message.Assistant answer, Message... asked) {
    Asked about =
        new Asked(
            "/v1/chat/completions",
            "openai_chat",
            true,
            "coding",
            new ClientId("me"),
            "agents",
            new Conversation(conversation, null, null),
            null,
            START.plusSeconds(60L * minute));
    return new Turn(
        new ExchangeId("x" + minute),
        about,
        request(List.of(asked)),
        answer,
        FinishReason.STOP,
        new ModelName("m"));
  }

  private static ChatRequest request(List<Message> messages) {
    RawJson schema = new RawJson("{\"type\":\"object\",\"properties\":{}}");
    return new ChatRequest(
        "coding",
        messages,
        List.of(new Tool("bash", "runs a command", schema)),
        ToolChoice.AUTO,
        true,
        Sampling.DEFAULT,
        OutputFormat.TEXT,
        Reasoning.UNSET,
        null);
  }
}
