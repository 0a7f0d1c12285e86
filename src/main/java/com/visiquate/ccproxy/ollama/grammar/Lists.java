package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Mends what a schema says of lists. */
final class Lists {
  private final Mending mending;
  private final Findings findings;

  Lists(Mending mending, Findings findings) {
    this.mending = mending;
    this.findings = findings;
  }

  void mend(ObjectNode schema, Place place) {
    JsonNode items = schema.path("items");
    JsonNode first = schema.path("prefixItems");
    if (first.isArray() && !first.isEmpty()) {
      // Both lines take a list here, and only the newer one the newer word.
      schema.remove("prefixItems");
      schema.set("items", mending.all(first, "prefixItems", place));
    } else if (items.isArray()) {
      schema.set("items", mending.all(items, "items", place));
    } else if (Words.isNever(items)) {
      schema.set("items", Words.any());
      schema.put("maxItems", 0);
    } else if (!items.isMissingNode()) {
      schema.set("items", mending.schema(items, place.at("items")));
    }
    if (!first.isArray() || first.isEmpty()) {
      schema.remove("prefixItems");
    }
    Bounds.ofCounts(schema, "minItems", "maxItems", findings);
    if (!schema.has("items") && (schema.has("minItems") || schema.has("maxItems"))) {
      schema.set("items", Words.any());
    }
  }
}
