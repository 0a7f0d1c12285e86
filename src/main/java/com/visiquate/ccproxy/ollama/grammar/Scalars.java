package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Mends what a schema says of texts and numbers. */
final class Scalars {
  private final Findings findings;

  Scalars(Findings findings) {
    this.findings = findings;
  }

  void mend(ObjectNode schema) {
    if (schema.has("format") && !schema.path("format").isTextual()) {
      schema.remove("format");
    }
    pattern(schema);
    Bounds.ofCounts(schema, "minLength", "maxLength", findings);
    if (schema.has("pattern") && (schema.has("minLength") || schema.has("maxLength"))) {
      findings.leaveOut(schema.has("maxLength") ? "maxLength" : "minLength");
    }
    Bounds.ofNumbers(schema, findings);
  }

  private void pattern(ObjectNode schema) {
    JsonNode pattern = schema.path("pattern");
    if (pattern.isMissingNode()) {
      return;
    }
    String text = pattern.asText("");
    Optional<String> mended = text.isEmpty() ? Optional.empty() : GrammarPattern.of(text);
    if (mended.isPresent()) {
      schema.put("pattern", mended.get());
    } else {
      schema.remove("pattern");
      if (!text.isEmpty()) {
        findings.leaveOut("pattern");
      }
    }
  }
}
