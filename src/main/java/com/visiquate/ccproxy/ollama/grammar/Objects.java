package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Mends what a schema says of objects. */
final class Objects {
  /** The engine writes other names into its grammar as they are, which then breaks. */
  private static final Pattern SAFE_NAME = Pattern.compile("[A-Za-z0-9_]*");

  private final Mending mending;
  private final Findings findings;

  Objects(Mending mending, Findings findings) {
    this.mending = mending;
    this.findings = findings;
  }

  void mend(ObjectNode schema, Place place) {
    Set<String> required = required(schema);
    if (schema.has("properties") && !schema.path("properties").isObject()) {
      findings.object(place.at("properties").path(), "it is an object");
      schema.remove("properties");
    }
    patterns(schema);
    if (schema.has("properties") || !required.isEmpty()) {
      properties(schema, required, place);
    }
    others(schema, place);
  }

  private static Set<String> required(ObjectNode schema) {
    Set<String> names = new HashSet<>();
    schema.path("required").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** What has to be there needs to be known. */
  private void properties(ObjectNode schema, Set<String> required, Place place) {
    ObjectNode mended = Words.json().objectNode();
    for (Map.Entry<String, JsonNode> one : schema.path("properties").properties()) {
      Place inside = place.at("properties").at(one.getKey());
      boolean needed = required.contains(one.getKey());
      if (one.getKey().equals("$ref")) {
        findings.object(inside.path(), "no property can have this name");
      } else if (needed || !Words.isNever(one.getValue())) {
        mended.set(one.getKey(), mending.schema(one.getValue(), inside));
      }
    }
    for (String name : required) {
      if (!mended.has(name)) {
        mended.set(name, other(schema));
      }
    }
    schema.set("properties", mended);
  }

  private static JsonNode other(ObjectNode schema) {
    JsonNode others = schema.path("additionalProperties");
    return others.isObject() && !others.isEmpty() ? others : Words.any();
  }

  /** Names by a pattern become any further names. */
  private void patterns(ObjectNode schema) {
    JsonNode patterns = schema.path("patternProperties");
    if (patterns.isMissingNode()) {
      return;
    }
    findings.leaveOut("patternProperties");
    if (!schema.path("additionalProperties").isObject() && !patterns.isEmpty()) {
      JsonNode one = patterns.elements().next();
      schema.set(
          "additionalProperties", patterns.size() == 1 ? one : Words.json().booleanNode(true));
    }
  }

  private void others(ObjectNode schema, Place place) {
    JsonNode others = schema.path("additionalProperties");
    if (others.isMissingNode() || Words.isNever(others)) {
      return;
    }
    if (!schema.path("properties").properties().stream()
        .allMatch(one -> SAFE_NAME.matcher(one.getKey()).matches())) {
      findings.leaveOut("additionalProperties");
      schema.remove("additionalProperties");
    } else if (Words.isAnything(others)) {
      schema.put("additionalProperties", true);
    } else {
      Place inside = place.at("additionalProperties");
      schema.set("additionalProperties", mending.schema(others, inside));
    }
  }
}
