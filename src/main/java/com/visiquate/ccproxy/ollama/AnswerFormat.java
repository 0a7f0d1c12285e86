package com.visiquate.ccproxy.ollama;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.OutputFormat;
import java.io.IOException;
import java.util.Map;
import java.util.Set;

/**
 * Writes the one {@code format} of a chat. It binds every token, so that a model could call nothing
 * beside a schema: where both are asked for, it is a choice of both, and {@link WrittenCall} reads
 * which of them came.
 */
final class AnswerFormat {
  private static final String ANSWER = "answer";

  /** What no reference stands in, though it may look like one. */
  private static final Set<String> VALUES = Set.of("const", "enum", "default", "examples");

  private AnswerFormat() {}

  static void write(JsonGenerator out, ChatRequest request) throws IOException {
    if (request.mustCall()) {
      out.writeFieldName("format");
      out.writeTree(ToolSchema.forcing(request.offeredTools()));
    } else if (request.mayCallOrAnswer()) {
      out.writeFieldName("format");
      out.writeTree(either(request));
    } else {
      BodyWriter.format(out, request.format());
    }
  }

  private static ObjectNode either(ChatRequest request) {
    ObjectNode either = Json.MAPPER.createObjectNode();
    ArrayNode choices = either.putArray("anyOf");
    switch (request.format()) {
      case OutputFormat.Schema schema -> choices.add(answer(AnswerSchema.mended(schema), either));
      case OutputFormat.Json json -> choices.addObject().put("type", "object");
      case OutputFormat.Text text -> {}
    }
    request.offeredTools().forEach(tool -> choices.add(ToolSchema.call(tool)));
    return either;
  }

  /**
   * The client's schema as one of several. Its references begin at its own root, which is no longer
   * that of the whole.
   */
  private static JsonNode answer(JsonNode schema, ObjectNode whole) {
    if (!refers(schema)) {
      return schema;
    }
    whole.putObject("$defs").set(ANSWER, moved(schema));
    return Json.MAPPER.createObjectNode().put("$ref", "#/$defs/" + ANSWER);
  }

  private static boolean refers(JsonNode schema) {
    if (isReference("$ref", schema.path("$ref"))) {
      return true;
    }
    for (JsonNode child : schema) {
      if (refers(child)) {
        return true;
      }
    }
    return false;
  }

  private static JsonNode moved(JsonNode schema) {
    if (schema.isArray()) {
      ArrayNode list = Json.MAPPER.createArrayNode();
      schema.forEach(element -> list.add(moved(element)));
      return list;
    }
    if (!schema.isObject()) {
      return schema;
    }
    ObjectNode object = Json.MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      object.set(member.getKey(), moved(member.getKey(), member.getValue()));
    }
    return object;
  }

  private static JsonNode moved(String name, JsonNode value) {
    if (isReference(name, value)) {
      return new TextNode("#/$defs/" + ANSWER + value.textValue().substring(1));
    }
    return VALUES.contains(name) && !value.isObject() ? value : moved(value);
  }

  private static boolean isReference(String name, JsonNode value) {
    return name.equals("$ref") && value.isTextual() && value.textValue().startsWith("#");
  }
}
