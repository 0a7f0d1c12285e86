package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Set;

/** The words of JSON Schema, by what they are about. */
final class Words {
  static final List<String> TYPES =
      List.of("object", "array", "string", "number", "boolean", "null", "integer");

  /** All but whole numbers, which are numbers. */
  private static final List<String> ANY = TYPES.subList(0, 6);

  /** They say nothing about what is allowed. */
  static final Set<String> REMARKS =
      Set.of(
          "description",
          "title",
          "default",
          "examples",
          "example",
          "$comment",
          "deprecated",
          "readOnly",
          "writeOnly",
          "discriminator",
          "strict",
          "$schema",
          "$id",
          "id",
          "$defs",
          "definitions");

  /** What no grammar of the engine follows. */
  static final Set<String> UNKNOWN =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "dependentRequired",
          "dependentSchemas",
          "dependencies",
          "unevaluatedProperties",
          "unevaluatedItems",
          "contains",
          "minContains",
          "maxContains",
          "uniqueItems",
          "multipleOf",
          "additionalItems");

  static final Set<String> OF_OBJECTS =
      Set.of(
          "required",
          "patternProperties",
          "propertyNames",
          "minProperties",
          "maxProperties",
          "dependentRequired",
          "additionalProperties",
          "properties");

  static final Set<String> OF_LISTS =
      Set.of("minItems", "maxItems", "uniqueItems", "contains", "items", "prefixItems");

  static final Set<String> OF_TEXTS =
      Set.of("pattern", "minLength", "maxLength", "format", "contentEncoding", "contentMediaType");

  static final Set<String> OF_NUMBERS =
      Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");

  private Words() {}

  static JsonNodeFactory json() {
    return JsonNodeFactory.instance;
  }

  /** Allows every value; {@code {}} would allow objects only. */
  static ObjectNode any() {
    ObjectNode any = json().objectNode();
    ArrayNode types = any.putArray("type");
    ANY.forEach(types::add);
    return any;
  }

  /** The same object, whose members can be replaced. */
  static ObjectNode copy(ObjectNode schema) {
    return json().objectNode().setAll(schema);
  }

  static boolean hasAny(JsonNode schema, Set<String> words) {
    return words.stream().anyMatch(schema::has);
  }

  /** Whether nothing fits a schema. */
  static boolean isNever(JsonNode schema) {
    return schema.isBoolean() && !schema.booleanValue();
  }

  /** Whether everything fits it. */
  static boolean isAnything(JsonNode schema) {
    return (schema.isBoolean() && schema.booleanValue())
        || (schema.isObject()
            && schema.properties().stream().allMatch(word -> REMARKS.contains(word.getKey())));
  }

  /** Whether a type is among those that a schema names. */
  static boolean isTyped(JsonNode schema, String type) {
    JsonNode types = schema.path("type");
    boolean found = types.asText().equals(type);
    for (JsonNode one : types) {
      found |= one.asText().equals(type);
    }
    return found;
  }
}
