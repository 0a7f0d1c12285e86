package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the body of {@code POST /api/generate}; its keys have one order, the prompt first. */
final class GenerateBody {
  private GenerateBody() {}

  static void write(
      JsonGenerator out,
      ModelSpec model,
      @Nullable InstalledModel installed,
      GenerateRequest request)
      throws IOException {
    out.writeStringField("model", model.ollama());
    out.writeStringField("prompt", request.prompt());
    BodyWriter.textUnlessEmpty(out, "suffix", request.suffix());
    BodyWriter.textUnlessEmpty(out, "system", request.system());
    BodyWriter.textUnlessEmpty(out, "template", request.template());
    BodyWriter.images(out, request.images());
    BodyWriter.format(out, request.format());
    out.writeBooleanField("stream", true);
    if (request.raw()) {
      out.writeBooleanField("raw", true);
    } else {
      BodyWriter.think(out, model, installed, request.reasoning());
    }
    BodyWriter.window(out, model);
    Options.write(out, model, request.sampling());
    BodyWriter.logprobs(out, request.topLogprobs());
  }
}
