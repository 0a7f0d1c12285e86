package com.visiquate.ccproxy.ollama;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides whether a model can do what a request cannot do without. */
final class Fitness {
  private Fitness() {}

  /** What is missing; null when nothing is. */
  static @Nullable Failure check(ModelSpec model, InstalledModel installed, ChatRequest request) {
    if (!request.offeredTools().isEmpty() && !installed.can("tools")) {
      return unfit("The model %s cannot call tools; choose one that can.", model, "tools");
    }
    if (request.messages().stream().anyMatch(Fitness::hasImages) && !installed.can("vision")) {
      return unfit("The model %s cannot see images; choose one that can.", model, "messages");
    }
    return null;
  }

  private static Failure unfit(String message, ModelSpec model, String param) {
    return Failure.invalid(message.formatted(model.name()), param, "unsupported_value");
  }

  private static boolean hasImages(Message message) {
    return !images(message).isEmpty();
  }

  private static List<Image> images(Message message) {
    return switch (message) {
      case Message.User user -> user.images();
      case Message.ToolResult result -> result.images();
      case Message.Instruction instruction -> List.of();
      case Message.Assistant assistant -> List.of();
    };
  }
}
