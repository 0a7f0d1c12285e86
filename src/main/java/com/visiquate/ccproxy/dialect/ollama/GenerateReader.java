package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Field;
import com.visiquate.ccproxy.dialect.ThinkingWish;
import java.util.List;
import java.util.Set;

/** Reads a body of {@code POST /api/generate}. */
final class GenerateReader {
  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "prompt",
          "suffix",
          "system",
          "template",
          "raw",
          "images",
          "context",
          "stream",
          "format",
          "options",
          "logprobs",
          "top_logprobs");

  private GenerateReader() {}

  static Asked read(Field body) {
    String model = body.at("model").text("");
    if (model.isBlank()) {
      return new Asked.Wrong(ModelNames.unknown(model));
    }
    Common.refuseRendering(body);
    refuseTokens(body.at("context"));
    String prompt = body.at("prompt").text("");
    if (prompt.isEmpty()) {
      return new Asked.Residence(model);
    }
    Dropped dropped = new Dropped();
    GenerateRequest request = request(model, prompt, body, dropped);
    dropped.addUnknown(body, List.of(KNOWN, ThinkingWish.NAMES));
    boolean stream = body.at("stream").flag(true);
    return new Asked.Work(
        new Decoded.Understood(List.of(request), stream, NativeForm.PLAIN, null, dropped.names()));
  }

  private static GenerateRequest request(String model, String prompt, Field body, Dropped dropped) {
    boolean raw = body.at("raw").flag(false);
    String system = body.at("system").text("");
    String template = body.at("template").text("");
    if (raw && !(system.isEmpty() && template.isEmpty())) {
      throw body.at("raw").invalid("raw mode does not support template, system, or context");
    }
    return new GenerateRequest(
        model,
        prompt,
        body.at("suffix").text(""),
        raw,
        system,
        template,
        Images.read(body.at("images")),
        OptionsReader.read(body.at("options"), dropped),
        Common.format(body.at("format")),
        Common.think(body),
        Common.topLogprobs(body, dropped));
  }

  /** What Ollama once gave back to go on from; here nothing is, and nothing may seem to be. */
  private static void refuseTokens(Field context) {
    if (!context.items().isEmpty()) {
      throw context.unsupported("A context of tokens cannot be continued; send its text.");
    }
  }
}
