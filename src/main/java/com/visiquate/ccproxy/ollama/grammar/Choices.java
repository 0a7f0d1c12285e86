package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * Mends a schema that is a choice of others. The engine looks at nothing beside the choice, so what
 * stands there goes into each of them.
 */
final class Choices {
  private final Mending mending;
  private final Merging merging;
  private final References references;
  private final Findings findings;

  Choices(Mending mending, Merging merging, References references, Findings findings) {
    this.mending = mending;
    this.merging = merging;
    this.references = references;
    this.findings = findings;
  }

  ObjectNode mend(ObjectNode schema, Place place) {
    String word = schema.has("oneOf") ? "oneOf" : "anyOf";
    JsonNode options = schema.path(word);
    if (!options.isArray()) {
      findings.object(place.at(word).path(), "it is a list of schemas");
      return Words.any();
    }
    if (schema.has("oneOf") && schema.has("anyOf")) {
      findings.leaveOut("anyOf");
    }
    ObjectNode beside = Words.copy(schema);
    beside.remove(List.of("oneOf", "anyOf", "nullable"));
    beside.remove(Words.REMARKS);
    ArrayNode mended = mending.all(each(options, beside), word, place);
    if (mended.isEmpty()) {
      findings.object(place.at(word).path(), "nothing fits it");
      return Words.any();
    }
    if (schema.path("nullable").asBoolean(false)) {
      mended.addObject().put("type", "null");
    }
    schema.remove("anyOf");
    beside.fieldNames().forEachRemaining(schema::remove);
    schema.set(word, mended);
    return schema;
  }

  private ArrayNode each(JsonNode options, ObjectNode beside) {
    ArrayNode all = Words.json().arrayNode();
    options.forEach(option -> all.add(beside.isEmpty() ? option : with(option, beside)));
    return all;
  }

  private JsonNode with(JsonNode option, ObjectNode beside) {
    JsonNode target = option.has("$ref") ? references.target(option.path("$ref").asText()) : option;
    if (Words.isAnything(option)) {
      return beside;
    }
    boolean says = target.has("type") || Words.hasAny(target, Words.OF_OBJECTS);
    boolean onlyType = beside.size() == 1 && beside.has("type");
    if (!target.isObject() || (says && onlyType)) {
      return option;
    }
    return merging.both((ObjectNode) target, beside);
  }
}
