package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.chat.ToolCall;
import org.jspecify.annotations.Nullable;

/**
 * How much there is in a prompt of everything that becomes tokens; found in linear time.
 *
 * @param text UTF-8 bytes of texts
 * @param repeats how many of them only repeat the byte before, such as indentation and rules: a
 *     tokenizer may put a long run of one character into a single token
 * @param json bytes of tool schemas and of arguments
 * @param items messages, tools and calls
 */
public record PromptSize(long text, long repeats, long json, int items, int images) {
  /** The size of what a model would read; null for texts that it reads one by one. */
  public static @Nullable PromptSize of(ModelRequest request) {
    return switch (request) {
      case ChatRequest chat -> of(chat);
      case GenerateRequest generate -> of(generate);
      case EmbedRequest embed -> null;
    };
  }

  /** The size of what a model would read. */
  public static PromptSize of(ChatRequest request) {
    Scale scale = new Scale();
    request.offeredTools().forEach(scale::tool);
    request.messages().forEach(scale::message);
    return scale.size();
  }

  private static PromptSize of(GenerateRequest request) {
    Scale scale = new Scale();
    scale.read(request.prompt());
    scale.read(request.suffix());
    scale.read(request.system());
    scale.images = request.images().size();
    return scale.size();
  }

  /** How many tokens that is; at least 1. */
  public int tokens(TokenRatios ratios) {
    double tokens =
        ratios.text() * text
            + ratios.json() * json
            + ratios.item() * items
            + ratios.image() * images;
    return Math.clamp(Math.round(Math.ceil(tokens)), 1, Integer.MAX_VALUE);
  }

  /**
   * What of it takes tokens in any case: not its images, whose cost differs between models by far,
   * and no repetition.
   */
  public PromptSize certain() {
    return new PromptSize(text - repeats, 0, json, items, 0);
  }

  /** Adds up while it walks through a request. */
  private static final class Scale {
    private long text;
    private long repeats;
    private long json;
    private int items;
    private int images;

    PromptSize size() {
      return new PromptSize(text, repeats, json, items, images);
    }

    void tool(Tool tool) {
      items++;
      read(tool.name());
      read(tool.description());
      json += bytes(tool.parameters().text());
    }

    void message(Message message) {
      items++;
      switch (message) {
        case Message.Instruction instruction -> read(instruction.text());
        case Message.User user -> {
          read(user.text());
          images += user.images().size();
        }
        case Message.ToolResult result -> {
          read(result.text());
          images += result.images().size();
        }
        case Message.Assistant assistant -> {
          read(assistant.text());
          read(assistant.thinking());
          assistant.calls().forEach(this::call);
        }
      }
    }

    private void call(ToolCall call) {
      items++;
      read(call.name());
      json += bytes(call.arguments().text());
    }

    private void read(String read) {
      text += bytes(read);
      int same = 0;
      int length = read.length();
      for (int i = 1; i < length; i++) {
        same += read.charAt(i) == read.charAt(i - 1) ? 1 : 0;
      }
      repeats += same;
    }

    /** The length in UTF-8, without making those bytes. */
    private static long bytes(String text) {
      int length = text.length();
      int more = 0;
      for (int i = 0; i < length; i++) {
        char c = text.charAt(i);
        // Two surrogates make four bytes, so each of them stands for two.
        more += c < 0x80 ? 0 : c < 0x800 || Character.isSurrogate(c) ? 1 : 2;
      }
      return (long) length + more;
    }
  }
}
