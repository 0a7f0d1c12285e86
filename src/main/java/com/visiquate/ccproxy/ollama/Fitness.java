package com.visiquate.ccproxy.ollama;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import org.jspecify.annotations.Nullable;

/** Decides whether a model can do what a request cannot do without. */
final class Fitness {
  private Fitness() {}

  /** What is missing; null when nothing is. */
  static @Nullable Failure check(ModelSpec model, InstalledModel installed, ModelRequest request) {
    return switch (request) {
      case ChatRequest chat -> chat(model, installed, chat);
      case GenerateRequest generate -> generate(model, installed, generate);
      // The older line embeds with any model; the newer one says itself when it cannot.
      case EmbedRequest embed -> null;
    };
  }

  private static @Nullable Failure chat(
      ModelSpec model, InstalledModel installed, ChatRequest request) {
    if (installed.onlyEmbeds()) {
      return unfit("The model %s can only embed texts; choose one that chats.", model, "model");
    }
    if (!request.offeredTools().isEmpty() && !installed.can("tools")) {
      return unfit("The model %s cannot call tools; choose one that can.", model, "tools");
    }
    if (Sight.isNeeded(request.messages()) && !installed.can("vision")) {
      return unfit("The model %s cannot see images; choose one that can.", model, "messages");
    }
    return null;
  }

  private static @Nullable Failure generate(
      ModelSpec model, InstalledModel installed, GenerateRequest request) {
    if (installed.onlyEmbeds()) {
      return unfit("The model %s can only embed texts; choose one that writes.", model, "model");
    }
    if (!request.suffix().isEmpty() && !installed.can("insert")) {
      return unfit(
          "The model %s cannot fill a gap before a suffix; choose one that can, or leave it out.",
          model, "suffix");
    }
    if (!request.images().isEmpty() && !installed.can("vision")) {
      return unfit("The model %s cannot see images; choose one that can.", model, "images");
    }
    return null;
  }

  private static Failure unfit(String message, ModelSpec model, String param) {
    return Failure.invalid(message.formatted(model.name()), param, "unsupported_value");
  }
}
