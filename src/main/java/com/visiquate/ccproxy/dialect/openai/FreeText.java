package com.visiquate.ccproxy.dialect.openai;

import com.visiquate.ccproxy.chat.RawJson;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Field;
import java.nio.charset.StandardCharsets;

/** What a tool that takes free text looks like to a model that only knows JSON. */
public final class FreeText {
  private static final String WHOLE = "The whole input as plain text.";

  private FreeText() {}

  /**
   * The schema of its one parameter, {@code input}. A grammar cannot be enforced inside JSON, but a
   * model can be told.
   *
   * @param format of the tool; chats keep the grammar one level deeper than responses
   */
  public static RawJson schema(Field format) {
    return schema(description(format));
  }

  static boolean hasGrammar(Field format) {
    return grammar(format).at("definition").isText();
  }

  private static Field grammar(Field format) {
    Field nested = format.at("grammar");
    return nested.isObject() ? nested : format;
  }

  private static String description(Field format) {
    Field grammar = grammar(format);
    Field definition = grammar.at("definition");
    String rule = " It must follow this %s grammar:\n%s";
    return definition.isText()
        ? WHOLE + rule.formatted(grammar.at("syntax").text("lark"), definition.text())
        : WHOLE;
  }

  private static RawJson schema(String description) {
    ByteSink out = new ByteSink();
    out.raw("{\"type\":\"object\",\"properties\":{\"input\":{\"type\":\"string\",\"description\":");
    byte[] json = out.json(description).raw("}},\"required\":[\"input\"]}").take();
    return new RawJson(new String(json, StandardCharsets.UTF_8));
  }
}
