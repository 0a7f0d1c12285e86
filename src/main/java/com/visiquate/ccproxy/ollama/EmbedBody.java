package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.io.IOException;
import java.util.List;

/**
 * Writes the bodies of {@code POST /api/embed} and of the older {@code /api/embeddings}, the only
 * one that does not normalise.
 */
final class EmbedBody {
  private EmbedBody() {}

  static void write(JsonGenerator out, ModelSpec model, EmbedRequest request) throws IOException {
    if (!request.normalised()) {
      out.writeStringField("model", model.ollama());
      out.writeStringField("prompt", request.texts().getFirst());
      BodyWriter.keepAlive(out, model);
      Options.write(out, model, null);
      return;
    }
    texts(out, model, request.texts(), request.cut());
    Integer dimensions = request.dimensions();
    if (dimensions != null) {
      out.writeNumberField("dimensions", dimensions);
    }
  }

  /** Without a text it only loads the model. */
  static void load(JsonGenerator out, ModelSpec model) throws IOException {
    texts(out, model, List.of(), false);
  }

  /** Without {@code shift}, which this endpoint does not know. */
  private static void texts(JsonGenerator out, ModelSpec model, List<String> texts, boolean cut)
      throws IOException {
    out.writeStringField("model", model.ollama());
    out.writeArrayFieldStart("input");
    for (String text : texts) {
      // A model without a first token of its own makes nothing of nothing, and refuses them all.
      out.writeString(text.isEmpty() ? " " : text);
    }
    out.writeEndArray();
    out.writeBooleanField("truncate", cut);
    BodyWriter.keepAlive(out, model);
    Options.write(out, model, null);
  }
}
