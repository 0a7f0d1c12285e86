package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;
import com.visiquate.ccproxy.ollama.grammar.GrammarSchema;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/**
 * Brings a tool's JSON Schema into the form that Ollama decodes: what it would refuse is replaced,
 * what it would merely drop is left alone, except local references, which are resolved.
 */
final class ToolSchema {
  private static final int MOST_RESOLVED = 256;
  private static final int DEEPEST = 64;

  private final JsonNode root;
  private final Deque<String> open = new ArrayDeque<>();
  private int resolved;

  private ToolSchema(JsonNode root) {
    this.root = root;
  }

  /** The parameters of one tool. */
  static ObjectNode accepted(RawJson parameters) {
    JsonNode sent = read(parameters);
    ToolSchema schema = new ToolSchema(sent);
    ObjectNode accepted = schema.schema(sent, 0);
    if (!accepted.path("type").isTextual()) {
      accepted.put("type", "object");
    }
    if (!accepted.path("properties").isObject()) {
      accepted.putObject("properties");
    }
    return accepted;
  }

  /** A schema that only a call of one of the tools fits; see {@link WrittenCall}. */
  static ObjectNode forcing(List<Tool> tools) {
    if (tools.size() == 1) {
      return call(tools.getFirst());
    }
    ObjectNode any = Json.MAPPER.createObjectNode();
    ArrayNode choices = any.putArray("anyOf");
    tools.forEach(tool -> choices.add(call(tool)));
    return any;
  }

  /** A schema that only a call of this tool fits. */
  static ObjectNode call(Tool tool) {
    ObjectNode call = Json.MAPPER.createObjectNode().put("type", "object");
    ObjectNode properties = call.putObject("properties");
    properties.putObject("name").put("type", "string").putArray("enum").add(tool.name());
    properties.set("arguments", GrammarSchema.of(accepted(tool.parameters())).schema());
    call.putArray("required").add("name").add("arguments");
    return call;
  }

  private static JsonNode read(RawJson json) {
    try {
      return Json.MAPPER.readTree(json.text());
    } catch (IOException malformed) {
      return Json.MAPPER.getNodeFactory().missingNode();
    }
  }

  /** {@code true} and {@code false} become {@code {}}: Ollama knows no boolean schemas. */
  private ObjectNode schema(JsonNode sent, int depth) {
    ObjectNode accepted = Json.MAPPER.createObjectNode();
    if (depth > DEEPEST) {
      return accepted;
    }
    String ref = sent.path("$ref").asText("");
    JsonNode target = resolve(ref);
    open.push(ref);
    target.properties().forEach(field -> add(accepted, field, depth));
    sent.properties().forEach(field -> add(accepted, field, depth));
    open.pop();
    return accepted;
  }

  private void add(ObjectNode accepted, Map.Entry<String, JsonNode> sent, int depth) {
    JsonNode value = field(sent.getKey(), sent.getValue(), depth);
    if (!value.isMissingNode()) {
      accepted.set(sent.getKey(), value);
    }
  }

  private JsonNode field(String name, JsonNode value, int depth) {
    return switch (name) {
      case "properties" -> value.isObject() ? properties(value, depth) : absent();
      case "items" -> value.isArray() ? choices(value, depth) : object(value, depth);
      case "additionalProperties" -> value.isObject() ? schema(value, depth + 1) : value;
      case "anyOf", "oneOf", "allOf", "prefixItems" ->
          value.isArray() ? choices(value, depth) : absent();
      case "type" -> type(value, depth);
      case "required" -> isTexts(value) ? value : absent();
      case "enum" -> value.isArray() ? value : absent();
      case "description" -> value.isTextual() ? value : absent();
      // Resolved, so that it need not go the way of everything that Ollama does not read.
      case "$ref", "$defs", "definitions" -> absent();
      default -> value;
    };
  }

  private JsonNode object(JsonNode value, int depth) {
    return value.isObject() ? schema(value, depth + 1) : absent();
  }

  /** A list of types is fine everywhere but at the root. */
  private static JsonNode type(JsonNode value, int depth) {
    return value.isTextual() || (depth > 0 && isTexts(value)) ? value : absent();
  }

  private ObjectNode properties(JsonNode sent, int depth) {
    ObjectNode accepted = Json.MAPPER.createObjectNode();
    sent.properties().forEach(p -> accepted.set(p.getKey(), schema(p.getValue(), depth + 1)));
    return accepted;
  }

  private ArrayNode choices(JsonNode sent, int depth) {
    ArrayNode accepted = Json.MAPPER.createArrayNode();
    sent.forEach(choice -> accepted.add(schema(choice, depth + 1)));
    return accepted;
  }

  /**
   * What a reference stands for. Nothing where it leads out of the schema or into itself: a
   * recursive schema has no finite form, and Ollama would drop the reference anyway.
   */
  private JsonNode resolve(String ref) {
    boolean follow = ref.startsWith("#/") && !open.contains(ref) && resolved < MOST_RESOLVED;
    JsonNode target = follow ? root.at(ref.substring(1)) : absent();
    resolved += target.isObject() ? 1 : 0;
    return target;
  }

  private static boolean isTexts(JsonNode value) {
    boolean texts = value.isArray();
    for (JsonNode element : value) {
      texts &= element.isTextual();
    }
    return texts;
  }

  private static JsonNode absent() {
    return Json.MAPPER.getNodeFactory().missingNode();
  }
}
