package com.visiquate.ccproxy.ollama;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.ChatBody.Encoded;
import org.jspecify.annotations.Nullable;

/** How Ollama is asked for each kind of work: the endpoint and the body. */
public final class RequestBody {
  private static final String CHAT = "/api/chat";
  private static final String EMBED = "/api/embed";
  private static final String GENERATE = "/api/generate";

  private RequestBody() {}

  /**
   * A body and where it is posted.
   *
   * @param bytes handed on, never compared and never changed
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Addressed(String path, byte[] bytes) {}

  /** Where a request is posted. */
  public static String path(ModelRequest request) {
    return switch (request) {
      case ChatRequest chat -> CHAT;
      case GenerateRequest generate -> GENERATE;
      case EmbedRequest embed -> embed.normalised() ? EMBED : "/api/embeddings";
    };
  }

  /**
   * The body that asks for this, or why the model cannot do it.
   *
   * @param installed the model as that Ollama has it; null when not known
   */
  public static Encoded encode(
      ModelSpec model, @Nullable InstalledModel installed, ModelRequest request) {
    Failure objection = AnswerSchema.objection(request, "format");
    Failure unfit =
        objection != null || installed == null
            ? objection
            : Fitness.check(model, installed, request);
    return unfit == null
        ? new Encoded.Body(body(model, installed, request))
        : new Encoded.Unfit(unfit);
  }

  /**
   * What only loads the model, with the load-time options of every other request: any different one
   * would make the next request load it again.
   */
  public static Addressed load(ModelSpec model, @Nullable InstalledModel installed) {
    return installed != null && installed.onlyEmbeds()
        ? new Addressed(EMBED, BodyWriter.object(out -> EmbedBody.load(out, model)))
        : new Addressed(CHAT, ChatBody.load(model));
  }

  /** What takes a model out of memory at once, whatever it can do. */
  public static Addressed unload(ModelSpec model) {
    byte[] body =
        BodyWriter.object(
            out -> {
              out.writeStringField("model", model.ollama());
              out.writeNumberField("keep_alive", 0);
            });
    return new Addressed(GENERATE, body);
  }

  private static byte[] body(
      ModelSpec model, @Nullable InstalledModel installed, ModelRequest request) {
    return BodyWriter.object(
        out -> {
          switch (request) {
            case ChatRequest chat -> ChatBody.write(out, model, installed, chat);
            case GenerateRequest generate -> GenerateBody.write(out, model, installed, generate);
            case EmbedRequest embed -> EmbedBody.write(out, model, embed);
          }
        });
  }
}
