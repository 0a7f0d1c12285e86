package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes one schema of several that must all be fulfilled. The engine knows only the simplest of
 * these, and forgets the rest.
 */
final class Merging {
  private static final int MOST = 1_000;
  private static final Set<String> LEAST =
      Set.of("minimum", "exclusiveMinimum", "minLength", "minItems", "minProperties");
  private static final Set<String> MOST_OF =
      Set.of("maximum", "exclusiveMaximum", "maxLength", "maxItems", "maxProperties");

  private final References references;
  private final Findings findings;
  private int merged;

  Merging(References references, Findings findings) {
    this.references = references;
    this.findings = findings;
  }

  /** The same schema without {@code allOf}. */
  ObjectNode whole(ObjectNode schema) {
    JsonNode all = schema.path("allOf");
    if (!schema.has("allOf")) {
      return schema;
    }
    ObjectNode whole = Words.copy(schema);
    whole.remove("allOf");
    for (JsonNode part : all) {
      if (merged++ > MOST) {
        findings.leaveOut("allOf");
        return whole;
      }
      add(whole, part);
    }
    return whole;
  }

  /** Both at once. */
  ObjectNode both(ObjectNode one, ObjectNode other) {
    ObjectNode both = Words.copy(one);
    add(both, other);
    return both;
  }

  private void add(ObjectNode whole, JsonNode part) {
    JsonNode bare = part;
    String ref = part.path("$ref").asText("");
    if (!ref.isEmpty() && (whole.has("$ref") || !isOnlyRemarks(whole))) {
      bare = references.target(ref);
    }
    if (bare.isObject()) {
      whole((ObjectNode) bare)
          .properties()
          .forEach(word -> add(whole, word.getKey(), word.getValue()));
    }
  }

  private static boolean isOnlyRemarks(ObjectNode schema) {
    return Words.isAnything(schema);
  }

  private void add(ObjectNode whole, String word, JsonNode value) {
    JsonNode known = whole.path(word);
    if (known.isMissingNode()) {
      whole.set(word, value);
    } else if (word.equals("properties") && known.isObject() && value.isObject()) {
      ObjectNode all = Words.copy((ObjectNode) known);
      value.properties().forEach(one -> property(all, one.getKey(), one.getValue()));
      whole.set(word, all);
    } else if (word.equals("required")) {
      whole.set(word, union(known, value));
    } else if (word.equals("enum")) {
      whole.set(word, common(known, value));
    } else if (LEAST.contains(word) || MOST_OF.contains(word)) {
      boolean greater = value.asDouble() > known.asDouble();
      whole.set(word, greater == LEAST.contains(word) ? value : known);
    } else if (word.equals("additionalProperties") && Words.isNever(value)) {
      whole.set(word, value);
    } else if (word.equals("anyOf") || word.equals("oneOf")) {
      findings.leaveOut("allOf");
    } else if (word.equals("type") && value.asText().equals("integer")) {
      whole.set(word, value);
    }
  }

  private static void property(ObjectNode known, String name, JsonNode value) {
    JsonNode before = known.path(name);
    if (before.isMissingNode()) {
      known.set(name, value);
    } else if (!before.equals(value)) {
      ArrayNode both = Words.json().arrayNode().add(before).add(value);
      known.set(name, Words.json().objectNode().set("allOf", both));
    }
  }

  private static ArrayNode union(JsonNode one, JsonNode other) {
    Set<String> names = new TreeSet<>();
    ArrayNode union = Words.json().arrayNode();
    for (JsonNode list : new JsonNode[] {one, other}) {
      for (JsonNode name : list) {
        if (names.add(name.asText())) {
          union.add(name);
        }
      }
    }
    return union;
  }

  private static ArrayNode common(JsonNode one, JsonNode other) {
    Set<JsonNode> others = new HashSet<>();
    other.forEach(others::add);
    ArrayNode common = Words.json().arrayNode();
    one.forEach(value -> addIf(others.contains(value), value, common));
    return common;
  }

  private static void addIf(boolean both, JsonNode value, ArrayNode common) {
    if (both) {
      common.add(value);
    }
  }
}
