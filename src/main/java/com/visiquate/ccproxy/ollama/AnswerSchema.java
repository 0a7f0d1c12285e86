package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.ollama.grammar.GrammarSchema;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The schema that a client wants its answer in, as Ollama can follow it. */
public final class AnswerSchema {
  private AnswerSchema() {}

  /** The words of a request's schema that have no effect, because no grammar can follow them. */
  public static List<String> leftOut(ModelRequest request) {
    GrammarSchema schema = find(request);
    return schema == null
        ? List.of()
        : schema.leftOut().stream().map(word -> "schema." + word.toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * Why nothing could follow the schema; null when there is none, or something can.
   *
   * @param field where the client has put it
   */
  public static @Nullable Failure objection(ModelRequest request, String field) {
    GrammarSchema schema = find(request);
    GrammarSchema.Objection objection = schema == null ? null : schema.objection();
    if (objection == null) {
      return null;
    }
    String path = objection.path().isEmpty() ? field : field + "." + objection.path();
    String message = "Invalid schema at '%s': %s.".formatted(path, objection.why());
    return Failure.invalid(message, path, "invalid_json_schema");
  }

  /** What Ollama gets. */
  static JsonNode mended(OutputFormat.Schema format) {
    return read(format).schema();
  }

  private static @Nullable GrammarSchema find(ModelRequest request) {
    OutputFormat format =
        switch (request) {
          case ChatRequest chat -> chat.format();
          case GenerateRequest generate -> generate.format();
          case EmbedRequest embed -> OutputFormat.TEXT;
        };
    return format instanceof OutputFormat.Schema schema ? read(schema) : null;
  }

  private static GrammarSchema read(OutputFormat.Schema format) {
    return GrammarSchema.of(tree(format.schema()));
  }

  private static JsonNode tree(RawJson json) {
    try {
      return Json.MAPPER.readTree(json.text());
    } catch (IOException malformed) {
      return Json.MAPPER.getNodeFactory().missingNode();
    }
  }
}
