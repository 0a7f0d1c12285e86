package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.anthropic.Calibration;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.anthropic.TokenCount;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;

/** The wire formats that an ingress speaks. */
record Dialects(Dialect chat, Dialect responses, Dialect messages, TokenCount tokenCount) {
  static Dialects of(Calibration calibration) {
    return new Dialects(
        new OpenAiChat(), new Responses(), new Messages(calibration), new TokenCount(calibration));
  }

  /** The one that words the errors of a family. */
  Dialect of(Family family) {
    return switch (family) {
      case OPENAI_CHAT -> chat;
      case OPENAI_RESPONSES -> responses;
      case ANTHROPIC -> messages;
      case OLLAMA -> NativeEndpoints.CHAT;
    };
  }
}
