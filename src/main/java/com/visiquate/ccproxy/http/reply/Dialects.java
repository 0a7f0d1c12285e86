package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.completions.Completions;
import com.visiquate.ccproxy.dialect.embeddings.Embeddings;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;

/** The wire formats that an ingress speaks. */
public record Dialects(
    Dialect chat,
    Dialect completions,
    Dialect embeddings,
    Dialect responses,
    Dialect messages,
    Calibration calibration) {
  public static Dialects of(Calibration calibration) {
    return new Dialects(
        new OpenAiChat(),
        new Completions(),
        new Embeddings(),
        new Responses(),
        new Messages(calibration),
        calibration);
  }

  /** The one that words the errors of a family. */
  public Dialect of(Family family) {
    return switch (family) {
      case OPENAI_CHAT -> chat;
      case OPENAI_RESPONSES -> responses;
      case ANTHROPIC -> messages;
      case OLLAMA -> NativeEndpoints.CHAT;
    };
  }
}
