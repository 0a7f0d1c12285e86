package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON schema of which the engine can make a grammar.
 *
 * @param schema allows at least what the client's own does; the very same where there was nothing
 *     to mend
 * @param leftOut the keywords that no grammar can follow
 * @param objection why the client's is no schema that anything could follow; null when it is one
 */
public record GrammarSchema(JsonNode schema, List<String> leftOut, @Nullable Objection objection) {
  /**
   * What is wrong, and where.
   *
   * @param path from the root of the schema, such as {@code properties.zip.type}; empty for that
   */
  public record Objection(String path, String why) {}

  public GrammarSchema {
    leftOut = List.copyOf(leftOut);
  }

  public static GrammarSchema of(JsonNode schema) {
    Findings findings = new Findings();
    if (!schema.isObject()) {
      findings.object("", "a schema is an object");
      return new GrammarSchema(schema, List.of(), findings.objection());
    }
    JsonNode mended = new Mending(new References((ObjectNode) schema), findings).root();
    return new GrammarSchema(mended, findings.leftOut(), findings.objection());
  }
}
