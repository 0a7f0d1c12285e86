package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/chat}.
 *
 * <p>It is canonical: its keys have one order, and the messages come first, so that a conversation
 * that goes on begins with the same bytes.
 */
public final class ChatBody {
  private static final int MOST_DIGITS = 9;

  /** A body, or why there is none. */
  public sealed interface Encoded {
    /** The bytes are handed on, never compared and never changed. */
    @SuppressWarnings("ArrayRecordComponent")
    record Body(byte[] bytes) implements Encoded {}

    /** The model cannot do what the request asks, and leaving it out would change its meaning. */
    record Unfit(Failure failure) implements Encoded {}
  }

  private interface Part {
    void write(JsonGenerator out) throws IOException;
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
    return new Encoded.Body(object(out -> chat(out, model, installed, request)));
  }

  /**
   * The body that only loads the model, exactly as {@link #encode} would: any other load-time
   * option would make the next request load it again.
   */
  public static byte[] load(ModelSpec model) {
    return object(
        out -> {
          out.writeStringField("model", model.ollama());
          out.writeArrayFieldStart("messages");
          out.writeEndArray();
          out.writeBooleanField("stream", true);
          window(out, model);
          Options.write(out, model, null);
        });
  }

  private static void chat(
      JsonGenerator out, ModelSpec model, @Nullable InstalledModel installed, ChatRequest request)
      throws IOException {
    out.writeStringField("model", model.ollama());
    Messages.write(out, request.messages());
    tools(out, request.offeredTools());
    format(out, request);
    out.writeBooleanField("stream", true);
    if (installed != null && installed.capabilities().contains("thinking")) {
      think(out, request.reasoning());
    }
    window(out, model);
    Options.write(out, model, request.sampling());
    Integer top = request.topLogprobs();
    if (top != null) {
      out.writeBooleanField("logprobs", true);
      out.writeNumberField("top_logprobs", top);
    }
  }

  /** What makes the window an error when it is too small, instead of a silent loss. */
  private static void window(JsonGenerator out, ModelSpec model) throws IOException {
    out.writeBooleanField("truncate", false);
    out.writeBooleanField("shift", false);
    String keepAlive = model.keepAlive().strip();
    if (isWhole(keepAlive)) {
      out.writeNumberField("keep_alive", Integer.parseInt(keepAlive));
    } else if (!keepAlive.isEmpty()) {
      out.writeStringField("keep_alive", keepAlive);
    }
  }

  private static boolean isWhole(String text) {
    int digits = text.startsWith("-") ? text.length() - 1 : text.length();
    return digits >= 1
        && digits <= MOST_DIGITS
        && text.chars().skip(text.length() - digits).allMatch(Character::isDigit);
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

  private static void format(JsonGenerator out, ChatRequest request) throws IOException {
    if (request.mustCall()) {
      out.writeFieldName("format");
      out.writeTree(ToolSchema.forcing(request.offeredTools()));
      return;
    }
    switch (request.format()) {
      case OutputFormat.Text text -> {}
      case OutputFormat.Json json -> out.writeStringField("format", "json");
      case OutputFormat.Schema schema -> {
        out.writeFieldName("format");
        out.writeRawValue(schema.schema().text());
      }
    }
  }

  private static void think(JsonGenerator out, Reasoning reasoning) throws IOException {
    switch (reasoning) {
      case UNSET -> {}
      case OFF -> out.writeBooleanField("think", false);
      case ON -> out.writeBooleanField("think", true);
      case LOW -> out.writeStringField("think", "low");
      case MEDIUM -> out.writeStringField("think", "medium");
      case HIGH -> out.writeStringField("think", "high");
      case MAX -> out.writeStringField("think", "max");
    }
  }

  private static byte[] object(Part content) {
    // Characters first: a generator of bytes refuses the half of a surrogate pair.
    StringWriter text = new StringWriter(4096);
    try (JsonGenerator out = Json.MAPPER.createGenerator(text)) {
      out.writeStartObject();
      content.write(out);
      out.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing into memory", impossible);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
