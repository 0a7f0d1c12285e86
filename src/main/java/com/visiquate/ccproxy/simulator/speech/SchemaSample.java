package com.visiquate.ccproxy.simulator.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.simulator.wire.GoJson;

/** Makes a small JSON value that fits a schema: required properties, first choices. */
final class SchemaSample {
  private SchemaSample() {}

  /** The text of a fitting value; a format of {@code "json"} gets an object. */
  static String of(JsonNode schema, String word) {
    GoJson out = new GoJson();
    write(schema, word, out);
    return out.toString();
  }

  /** The choice that is a call of this tool; the schema itself when it has none. */
  static JsonNode choice(JsonNode schema, String tool) {
    for (JsonNode choice : choices(schema)) {
      if (choice.at("/properties/name/enum/0").asText().equals(tool)) {
        return choice;
      }
    }
    return schema;
  }

  private static void write(JsonNode schema, String word, GoJson out) {
    if (schema.has("const")) {
      out.append(schema.get("const").toString());
    } else if (schema.path("enum").size() > 0) {
      out.append(schema.get("enum").get(0).toString());
    } else if (choices(schema).size() > 0) {
      write(choices(schema).get(0), word, out);
    } else {
      typed(schema, word, out);
    }
  }

  private static JsonNode choices(JsonNode schema) {
    return schema.has("anyOf") ? schema.path("anyOf") : schema.path("oneOf");
  }

  private static void typed(JsonNode schema, String word, GoJson out) {
    JsonNode type = schema.path("type");
    String name = type.isArray() ? type.path(0).asText() : type.asText("object");
    switch (name) {
      case "string" -> out.string(word);
      case "integer", "number" -> out.append(schema.path("minimum").asText("1"));
      case "boolean" -> out.append("true");
      case "null" -> out.append("null");
      case "array" -> array(schema, word, out);
      default -> object(schema, out);
    }
  }

  private static void array(JsonNode schema, String word, GoJson out) {
    out.append("[");
    int least = schema.path("minItems").asInt(schema.has("items") ? 1 : 0);
    for (int i = 0; i < least; i++) {
      out.append(i == 0 ? "" : ",");
      write(schema.path("items"), word, out);
    }
    out.append("]");
  }

  private static void object(JsonNode schema, GoJson out) {
    out.open();
    for (JsonNode required : schema.path("required")) {
      out.name(required.asText());
      write(schema.path("properties").path(required.asText()), required.asText(), out);
    }
    out.close();
  }
}
