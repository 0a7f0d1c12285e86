package com.visiquate.ccproxy.simulator.wire;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.Locale;

/** A request's JSON, read with Go's rules and refused in Go's words. */
public final class Body {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final String type;
  private final JsonNode root;

  private Body(String type, JsonNode root) {
    this.type = type;
    this.root = root;
  }

  /** The Go type, such as ChatRequest, goes into the messages. */
  public static Body parse(String text, String type) {
    if (text.isEmpty()) {
      throw RefusedException.error(400, "missing request body");
    }
    JsonNode root = tree(text);
    if (!root.isObject()) {
      throw RefusedException.error(
          400, "json: cannot unmarshal " + kind(root) + " into Go value of type api." + type);
    }
    return new Body(type, root);
  }

  private static JsonNode tree(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      if (root.isMissingNode()) {
        throw RefusedException.error(400, "unexpected EOF");
      }
      return root;
    } catch (JsonEOFException e) {
      throw RefusedException.error(400, "unexpected EOF");
    } catch (JsonProcessingException e) {
      throw RefusedException.error(400, invalid(text, e.getLocation()));
    }
  }

  private static String invalid(String text, JsonLocation where) {
    int at = (int) Math.max(0, Math.min(text.length() - 1L, where.getCharOffset()));
    return "invalid character '" + text.charAt(at) + "' looking for beginning of value";
  }

  public JsonNode root() {
    return root;
  }

  /** A field by its name in any case; null counts as absent. */
  public JsonNode at(String name) {
    return field(root, name);
  }

  public static JsonNode field(JsonNode object, String name) {
    JsonNode exact = object.path(name);
    if (exact.isMissingNode()) {
      exact = anyCase(object, name);
    }
    return exact.isNull() ? MissingNode.getInstance() : exact;
  }

  private static JsonNode anyCase(JsonNode object, String name) {
    return object.properties().stream()
        .filter(entry -> entry.getKey().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .map(java.util.Map.Entry::getValue)
        .orElse(MissingNode.getInstance());
  }

  public String text(String name) {
    return text(root, name, name);
  }

  /** A string inside the body; the path is for the message. */
  public String text(JsonNode object, String name, String path) {
    JsonNode value = field(object, name);
    if (!value.isMissingNode() && !value.isTextual()) {
      throw wrong(value, path, "string");
    }
    return value.asText("");
  }

  public boolean flag(String name, boolean absent) {
    JsonNode value = at(name);
    if (!value.isMissingNode() && !value.isBoolean()) {
      throw wrong(value, name, "bool");
    }
    return value.asBoolean(absent);
  }

  public int integer(String name) {
    JsonNode value = at(name);
    if (!value.isMissingNode() && !value.isIntegralNumber()) {
      throw wrong(value, name, "int");
    }
    return value.asInt(0);
  }

  public JsonNode array(String name, String goType) {
    JsonNode value = at(name);
    if (!value.isMissingNode() && !value.isArray()) {
      throw wrong(value, name, goType);
    }
    return value;
  }

  public JsonNode object(String name, String goType) {
    JsonNode value = at(name);
    if (!value.isMissingNode() && !value.isObject()) {
      throw wrong(value, name, goType);
    }
    return value;
  }

  public RefusedException wrong(JsonNode value, String path, String goType) {
    return RefusedException.error(
        400,
        "json: cannot unmarshal %s into Go struct field %s.%s of type %s"
            .formatted(kind(value), type, path, goType));
  }

  private static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case ARRAY -> "array";
      case BOOLEAN -> "bool";
      case NUMBER -> "number";
      case STRING -> "string";
      default -> "object";
    };
  }
}
