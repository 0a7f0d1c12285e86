package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/chat}.
 *
 * <p>It is canonical: its keys have one order, and the messages come first, so that a conversation
 * that goes on begins with the same bytes.
 */
public final class ChatBody {
  /** A body, or why there is none. */
  public sealed interface Encoded {
    /** The bytes are handed on, never compared and never changed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(byte[] bytes) implements Encoded {}

    /** The model cannot do what the request asks, and leaving it out would change its meaning. */
    record Unfit(Failure failure) implements Encoded {}
  }

  private ChatBody() {}

  /**
   * The body that asks for this answer.
   *
   * @param installed the model as that Ollama has it; null when not known
   */
  public static Encoded encode(
      ModelSpec model, @Nullable InstalledModel installed, ChatRequest request) {
    Failure unfit = installed == null ? null : Fitness.check(model, installed, request);
    if (unfit != null) {
      return new Encoded.Unfit(unfit);
    }
    return new Encoded.Body(BodyWriter.object(out -> write(out, model, installed, request)));
  }

  /**
   * The body that only loads the model, exactly as {@link #encode} would: any other load-time
   * option would make the next request load it again.
   */
  public static byte[] load(ModelSpec model) {
    return BodyWriter.object(
        out -> {
          out.writeStringField("model", model.ollama());
          out.writeArrayFieldStart("messages");
          out.writeEndArray();
          out.writeBooleanField("stream", true);
          BodyWriter.window(out, model);
          Options.write(out, model, null);
        });
  }

  static void write(
      JsonGenerator out, ModelSpec model, @Nullable InstalledModel installed, ChatRequest request)
      throws IOException {
    out.writeStringField("model", model.ollama());
    Messages.write(out, Sight.adapted(model, installed, request.messages()));
    tools(out, request.offeredTools());
    AnswerFormat.write(out, request);
    out.writeBooleanField("stream", true);
    BodyWriter.think(out, model, installed, request.reasoning());
    BodyWriter.window(out, model);
    Options.write(out, model, request.sampling());
    BodyWriter.logprobs(out, request.topLogprobs());
  }

  private static void tools(JsonGenerator out, List<Tool> tools) throws IOException {
    if (tools.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("tools");
    for (Tool tool : tools) {
      out.writeStartObject();
      out.writeStringField("type", "function");
      out.writeObjectFieldStart("function");
      out.writeStringField("name", tool.name());
      if (!tool.description().isEmpty()) {
        out.writeStringField("description", tool.description());
      }
      out.writeFieldName("parameters");
      out.writeTree(ToolSchema.accepted(tool.parameters()));
      out.writeEndObject();
      out.writeEndObject();
    }
    out.writeEndArray();
  }
}
