package com.visiquate.ccproxy.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.chat.RawJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One value of a request body and the way that leads to it, so that a wrong one can be named. JSON
 * null is the same as absent.
 */
public final class Field {
  private final JsonNode node;
  private final @Nullable Field parent;
  private final String name;
  private final int index;

  private Field(JsonNode node, @Nullable Field parent, String name, int index) {
    this.node = node;
    this.parent = parent;
    this.name = name;
    this.index = index;
  }

  /** A value that stands for one of a body, at its path. */
  public Field(JsonNode node, String path) {
    this(node, null, path, -1);
  }

  public JsonNode node() {
    return node;
  }

  /**
   * Such as {@code messages[2].content}; empty for the body itself. Put together only when somebody
   * asks, because nearly every body is right.
   */
  public String path() {
    String before = parent == null ? "" : parent.path();
    if (index >= 0) {
      return before + "[" + index + "]";
    }
    return before.isEmpty() ? name : before + "." + name;
  }

  /** Reads a body; throws {@link BadField} when it is not one JSON object. */
  public static Field parse(byte[] body) {
    Field root = new Field(RequestJson.tree(body), "");
    if (!root.isObject()) {
      throw new BadField("The request body must be a JSON object.", null, "invalid_type");
    }
    return root;
  }

  /** A member of this object; absent when this is none. */
  public Field at(String member) {
    return new Field(node.path(member), this, member, -1);
  }

  public boolean isAbsent() {
    return node.isMissingNode() || node.isNull();
  }

  public boolean isText() {
    return node.isTextual();
  }

  public boolean isObject() {
    return node.isObject();
  }

  public boolean isList() {
    return node.isArray();
  }

  /** The elements of this list; none when it is absent. */
  public List<Field> items() {
    if (!isAbsent() && !isList()) {
      throw wrongType("a list");
    }
    List<Field> items = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      items.add(new Field(node.get(i), this, "", i));
    }
    return items;
  }

  /** This, which must be an object. */
  public Field object() {
    if (!isObject()) {
      throw wrongType("an object");
    }
    return this;
  }

  /** The names of this object's members, in order. */
  public List<String> names() {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    return names;
  }

  public String text() {
    if (!isText()) {
      throw wrongType("a string");
    }
    return node.textValue();
  }

  public String text(String otherwise) {
    return isAbsent() ? otherwise : text();
  }

  public boolean flag(boolean otherwise) {
    if (isAbsent()) {
      return otherwise;
    }
    if (!node.isBoolean()) {
      throw wrongType("true or false");
    }
    return node.booleanValue();
  }

  /** A finite number; null when absent. */
  public @Nullable Double decimal() {
    if (isAbsent()) {
      return null;
    }
    double value = node.isNumber() ? node.doubleValue() : Double.NaN;
    if (!Double.isFinite(value)) {
      throw wrongType("a number");
    }
    return value;
  }

  /** A whole number, cut to what a long can hold; null when absent. */
  public @Nullable Long whole() {
    Double value = decimal();
    if (value == null) {
      return null;
    }
    if (value != Math.rint(value)) {
      throw wrongType("a whole number");
    }
    return node.canConvertToLong() && node.isIntegralNumber()
        ? Long.valueOf(node.longValue())
        : Long.valueOf(value.longValue());
  }

  /** A whole number, cut to what an int can hold; null when absent. */
  public @Nullable Integer count() {
    Long value = whole();
    return value == null ? null : Math.clamp(value, Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  /** This value as compact text. */
  public RawJson raw() {
    return RequestJson.text(node);
  }

  /** A value of the right type that means nothing here. */
  public BadField unsupported(String message) {
    return new BadField(message, path(), "unsupported_value");
  }

  public BadField invalid(String message) {
    return new BadField(message, path(), "invalid_value");
  }

  private BadField wrongType(String expected) {
    String what = isAbsent() ? "missing" : node.getNodeType().name().toLowerCase(Locale.ROOT);
    String message = "Invalid '%s': %s (expected: %s).".formatted(path(), what, expected);
    return new BadField(
        message, path(), isAbsent() ? "missing_required_parameter" : "invalid_type");
  }
}
