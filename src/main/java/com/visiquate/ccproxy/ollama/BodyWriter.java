package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SegmentedStringWriter;
import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Utf8;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what the bodies of several endpoints have in common. */
final class BodyWriter {
  /** Among a model's options, although Ollama reads it beside them. */
  static final String THINK = "think";

  private static final int MOST_DIGITS = 9;

  /** What stands between the braces of a body. */
  public interface Part {
    void write(JsonGenerator out) throws IOException;
  }

  private BodyWriter() {}

  static byte[] object(Part content) {
    // Characters first: a generator of bytes refuses the half of a surrogate pair.
    SegmentedStringWriter text =
        new SegmentedStringWriter(Json.MAPPER.getFactory()._getBufferRecycler());
    try (JsonGenerator out = Json.MAPPER.createGenerator(text)) {
      out.writeStartObject();
      content.write(out);
      out.writeEndObject();
      out.flush();
      return Utf8.bytes(text.getAndClear());
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing into memory", impossible);
    }
  }

  /** What makes the window an error when it is too small, instead of a silent loss. */
  static void window(JsonGenerator out, ModelSpec model) throws IOException {
    out.writeBooleanField("truncate", false);
    out.writeBooleanField("shift", false);
    keepAlive(out, model);
  }

  static void keepAlive(JsonGenerator out, ModelSpec model) throws IOException {
    String keepAlive = model.keepAlive().strip();
    if (isWhole(keepAlive)) {
      out.writeNumberField("keep_alive", Integer.parseInt(keepAlive));
    } else if (!keepAlive.isEmpty()) {
      out.writeStringField("keep_alive", keepAlive);
    }
  }

  /** Nothing for free text. */
  static void format(JsonGenerator out, OutputFormat format) throws IOException {
    switch (format) {
      case OutputFormat.Text text -> {}
      case OutputFormat.Json json -> out.writeStringField("format", "json");
      case OutputFormat.Schema schema -> {
        out.writeFieldName("format");
        out.writeTree(AnswerSchema.mended(schema));
      }
    }
  }

  /** Nothing for a model that is not known to think: Ollama would refuse it. */
  static void think(
      JsonGenerator out, ModelSpec model, @Nullable InstalledModel installed, Reasoning reasoning)
      throws IOException {
    if (installed == null || !installed.capabilities().contains("thinking")) {
      return;
    }
    switch (reasoning) {
      case UNSET -> usual(out, model.options().get(THINK));
      case OFF -> out.writeBooleanField("think", false);
      case ON -> out.writeBooleanField("think", true);
      case LOW -> out.writeStringField("think", "low");
      case MEDIUM -> out.writeStringField("think", "medium");
      case HIGH -> out.writeStringField("think", "high");
      case MAX -> out.writeStringField("think", "max");
    }
  }

  /** What the configuration says for requests that say nothing. */
  private static void usual(JsonGenerator out, @Nullable Object think) throws IOException {
    if (think != null) {
      out.writePOJOField(THINK, think);
    }
  }

  static void logprobs(JsonGenerator out, @Nullable Integer top) throws IOException {
    if (top != null) {
      out.writeBooleanField("logprobs", true);
      out.writeNumberField("top_logprobs", top);
    }
  }

  /** Nothing when there are none. */
  static void images(JsonGenerator out, List<Image> images) throws IOException {
    if (images.isEmpty()) {
      return;
    }
    out.writeArrayFieldStart("images");
    for (Image image : images) {
      out.writeString(image.base64());
    }
    out.writeEndArray();
  }

  static void textUnlessEmpty(JsonGenerator out, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      out.writeStringField(name, text);
    }
  }

  private static boolean isWhole(String text) {
    int sign = text.startsWith("-") ? 1 : 0;
    for (int i = sign; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    int digits = text.length() - sign;
    return digits >= 1 && digits <= MOST_DIGITS;
  }
}
