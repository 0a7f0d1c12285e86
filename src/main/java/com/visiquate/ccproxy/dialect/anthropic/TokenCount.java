package com.visiquate.ccproxy.dialect.anthropic;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolCall;
import com.visiquate.ccproxy.dialect.BadField;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;

/**
 * {@code POST /v1/messages/count_tokens}: an estimate in linear time that asks no Ollama and waits
 * for nobody.
 */
public final class TokenCount {
  /** What became of a body. */
  public sealed interface Counted {
    /** So many tokens, at least 1. */
    record Tokens(String model, int tokens) implements Counted {
      /** The response. */
      public byte[] body() {
        return new ByteSink().raw("{\"input_tokens\":").number(tokens).raw("}").take();
      }
    }

    /** Not a body whose tokens can be counted. */
    record Uncountable(Failure failure) implements Counted {}
  }

  private final Calibration calibration;

  public TokenCount(Calibration calibration) {
    this.calibration = calibration;
  }

  /** Reads the body of a count, which is a request without {@code max_tokens}; never throws. */
  public Counted count(byte[] body) {
    try {
      ChatRequest request = new RequestReader(Field.parse(body), calibration).question(null);
      return new Counted.Tokens(
          request.model(), estimate(request, calibration.ratios(request.model())));
    } catch (BadField bad) {
      return new Counted.Uncountable(Wording.of(bad));
    }
  }

  static int estimate(ChatRequest request, TokenRatios ratios) {
    double tokens = 0;
    for (Tool tool : request.offeredTools()) {
      tokens += ratios.item() + ratios.text() * bytes(tool.name() + tool.description());
      tokens += ratios.json() * bytes(tool.parameters().text());
    }
    for (Message message : request.messages()) {
      tokens += ratios.item() + tokens(message, ratios);
    }
    return Math.clamp(Math.round(Math.ceil(tokens)), 1, Integer.MAX_VALUE);
  }

  private static double tokens(Message message, TokenRatios ratios) {
    return switch (message) {
      case Message.Instruction instruction -> ratios.text() * bytes(instruction.text());
      case Message.User user ->
          ratios.text() * bytes(user.text()) + ratios.image() * user.images().size();
      case Message.ToolResult result ->
          ratios.text() * bytes(result.text()) + ratios.image() * result.images().size();
      case Message.Assistant assistant ->
          ratios.text() * (bytes(assistant.text()) + bytes(assistant.thinking()))
              + assistant.calls().stream().mapToDouble(call -> tokens(call, ratios)).sum();
    };
  }

  private static double tokens(ToolCall call, TokenRatios ratios) {
    return ratios.item()
        + ratios.text() * bytes(call.name())
        + ratios.json() * bytes(call.arguments().text());
  }

  /** The length in UTF-8, without making those bytes. */
  private static long bytes(String text) {
    long bytes = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // Two surrogates make four bytes, so each of them stands for two.
      bytes += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
    }
    return bytes;
  }
}
