package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/** Puts the type of a schema right: the engine has to find one. */
final class Types {
  private Types() {}

  static void mend(ObjectNode schema, Place place, Findings findings) {
    JsonNode type = schema.path("type");
    Set<String> types = new LinkedHashSet<>();
    if (type.isTextual()) {
      add(types, type, place, findings);
    } else if (type.isArray()) {
      type.forEach(one -> add(types, one, place, findings));
    } else if (!type.isMissingNode() && !type.isNull()) {
      findings.object(place.at("type").path(), "it is a name or a list of names");
    }
    if (types.isEmpty()) {
      infer(types, schema);
    }
    if (schema.path("nullable").asBoolean(false) && !types.isEmpty()) {
      types.add("null");
    }
    write(schema, types);
  }

  private static void add(Set<String> types, JsonNode one, Place place, Findings findings) {
    String name = one.asText("").toLowerCase(Locale.ROOT);
    if (Words.TYPES.contains(name)) {
      types.add(name);
    } else {
      findings.object(
          place.at("type").path(),
          "%s is none of %s".formatted(one, String.join(", ", Words.TYPES)));
    }
  }

  /** What a schema without a type is about, by its other words; constants need none. */
  private static void infer(Set<String> types, ObjectNode schema) {
    if (schema.has("enum") || schema.has("const")) {
      return;
    }
    if (Words.hasAny(schema, Words.OF_OBJECTS)) {
      types.add("object");
    } else if (Words.hasAny(schema, Words.OF_LISTS)) {
      types.add("array");
    } else if (Words.hasAny(schema, Words.OF_TEXTS)) {
      types.add("string");
    } else if (Words.hasAny(schema, Words.OF_NUMBERS)) {
      types.add("number");
    } else {
      Words.any().path("type").forEach(one -> types.add(one.asText()));
    }
  }

  private static void write(ObjectNode schema, Set<String> types) {
    if (types.isEmpty()) {
      schema.remove("type");
    } else if (types.size() == 1 && !schema.path("type").isArray()) {
      schema.put("type", types.iterator().next());
    } else {
      ArrayNode list = schema.putArray("type");
      types.forEach(list::add);
    }
  }
}
