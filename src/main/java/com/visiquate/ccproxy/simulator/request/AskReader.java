package com.visiquate.ccproxy.simulator.request;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.visiquate.ccproxy.simulator.wire.Body;
import com.visiquate.ccproxy.simulator.wire.GoDuration;
import com.visiquate.ccproxy.simulator.wire.RefusedException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** Reads the bodies of {@code /api/chat} and {@code /api/generate} as far as their JSON goes. */
public final class AskReader {
  private static final Set<String> LEVELS = Set.of("high", "medium", "low", "max");
  private static final String BAD_ARGUMENTS =
      "Value looks like object, but can't find closing '}' symbol";

  private final Body body;
  private final boolean chat;

  private AskReader(Body body, boolean chat) {
    this.body = body;
    this.chat = chat;
  }

  public static Body chatBody(String text) {
    return Body.parse(text, "ChatRequest");
  }

  public static Body generateBody(String text) {
    return Body.parse(text, "GenerateRequest");
  }

  /** What can be told without knowing the model; options are checked later. */
  public static Ask read(Body body, boolean chat, int contextLength) {
    return new AskReader(body, chat).ask(contextLength);
  }

  private Ask ask(int contextLength) {
    String model = body.text("model");
    List<Ask.Turn> turns = chat ? messages() : prompt();
    boolean thinking = thinking();
    GoDuration.of(body.at("keep_alive"));
    JsonNode options = body.object("options", "map[string]interface {}");
    return new Ask(
        chat,
        model,
        body.flag("stream", true),
        turns,
        body.array("tools", "api.Tools"),
        thinking,
        OptionsReader.read(options, body.flag("shift", true), contextLength),
        switches(),
        body.root());
  }

  private Ask.Switches switches() {
    int top = body.integer("top_logprobs");
    if (top < 0 || top > 20) {
      throw RefusedException.error(400, "top_logprobs must be between 0 and 20");
    }
    JsonNode format = body.at("format");
    return new Ask.Switches(
        body.flag("truncate", true),
        body.flag("logprobs", false),
        top,
        body.flag("raw", false),
        format.isMissingNode() ? "" : format.toString());
  }

  private boolean thinking() {
    JsonNode think = body.at("think");
    if (think.isMissingNode() || think.isBoolean()) {
      return think.asBoolean(true);
    }
    if (think.isTextual() && LEVELS.contains(think.asText())) {
      return true;
    }
    throw RefusedException.error(
        400,
        "invalid think value: %s (must be \"high\", \"medium\", \"low\", \"max\", true, or false)"
            .formatted(think));
  }

  private List<Ask.Turn> messages() {
    List<Ask.Turn> turns = new ArrayList<>();
    for (JsonNode message : body.array("messages", "[]api.Message")) {
      if (!message.isObject()) {
        throw body.wrong(message, "messages", "api.Message");
      }
      turns.add(message(message));
    }
    return turns;
  }

  private Ask.Turn message(JsonNode message) {
    String role = body.text(message, "role", "messages.role");
    String content = body.text(message, "content", "messages.content");
    JsonNode calls = Body.field(message, "tool_calls");
    for (JsonNode call : calls) {
      if (call.path("function").path("arguments").isTextual()) {
        throw RefusedException.error(400, BAD_ARGUMENTS);
      }
    }
    return new Ask.Turn(role, content, calls, images(Body.field(message, "images")));
  }

  private List<String> images(JsonNode images) {
    List<String> all = new ArrayList<>();
    for (JsonNode image : images) {
      checkBase64(image.asText());
      all.add(image.asText());
    }
    return all;
  }

  private static void checkBase64(String image) {
    for (int i = 0; i < image.length(); i++) {
      char c = image.charAt(i);
      boolean fine = c < 128 && (Character.isLetterOrDigit(c) || "+/=\r\n".indexOf(c) >= 0);
      if (!fine) {
        throw RefusedException.error(400, "illegal base64 data at input byte " + i);
      }
    }
    try {
      Base64.getMimeDecoder().decode(image);
    } catch (IllegalArgumentException e) {
      throw RefusedException.error(400, "illegal base64 data at input byte " + image.length());
    }
  }

  private List<Ask.Turn> prompt() {
    String prompt = body.text("prompt");
    String system = body.text("system");
    if (prompt.isEmpty()) {
      return List.of();
    }
    JsonNode none = MissingNode.getInstance();
    Ask.Turn user = new Ask.Turn("user", prompt, none, images(body.at("images")));
    return system.isEmpty()
        ? List.of(user)
        : List.of(new Ask.Turn("system", system, none, List.of()), user);
  }
}
