package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.chat.Tool;

/**
 * A function that can be called, in the words of any family: {@code function} around it or not, its
 * schema as {@code parameters} or {@code input_schema}. Clients of one family often send the tools
 * of another, and a tool that is left out is never called.
 */
public final class FunctionForm {
  private static final RawJson NO_PARAMETERS =
      new RawJson("{\"type\":\"object\",\"properties\":{}}");

  private final Field holder;

  private FunctionForm(Field holder) {
    this.holder = holder;
  }

  public static FunctionForm of(Field tool) {
    Field inner = tool.at("function");
    return new FunctionForm(inner.isAbsent() ? tool : inner.object());
  }

  /** Whether something is a function in another family's words, for who asks by the schema. */
  public static boolean isOne(Field tool) {
    return tool.at("function").isObject()
        || tool.at("parameters").isObject()
        || tool.at("input_schema").isObject();
  }

  public Field name() {
    return holder.at("name");
  }

  public Tool as(String name) {
    return new Tool(name, holder.at("description").text(""), parameters());
  }

  private RawJson parameters() {
    Field schema =
        holder.at("parameters").isAbsent() ? holder.at("input_schema") : holder.at("parameters");
    return schema.isAbsent() ? NO_PARAMETERS : schema.object().raw();
  }
}
