package com.visiquate.ccproxy.dialect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What another provider's servers did in an earlier part of a conversation: searches, code that
 * ran, tools of remote servers. Nobody here runs such things, but the model must not lose what came
 * of them; as text it can be neither repeated nor mistaken for a tool that is offered.
 */
public final class PastWork {
  /** What only its maker can read, or nobody. */
  private static final Set<String> SEALED =
      Set.of(
          "encrypted_content", "encrypted_index", "encrypted_stdout", "signature", "cache_control");

  private static final Set<String> LONG = Set.of("data", "result", "image_url", "b64_json");
  private static final int LONGEST_DATA = 1024;

  private PastWork() {}

  public static String called(String name, Field arguments) {
    String with = text(arguments);
    return with.isEmpty() ? "[Called %s]".formatted(name) : "[Called %s: %s]".formatted(name, with);
  }

  public static String returned(String name, Field result) {
    String what = text(result);
    String of = name.isEmpty() ? "[Result" : "[Result of " + name;
    return what.isEmpty() ? of + "]" : "%s: %s]".formatted(of, what);
  }

  /** The value as a model can read it: texts as they are, anything else as JSON. */
  private static String text(Field value) {
    if (value.isAbsent()) {
      return "";
    }
    if (value.isText()) {
      return value.text();
    }
    if (value.isList() && value.items().stream().allMatch(PastWork::isSaid)) {
      return String.join("\n", value.items().stream().map(part -> part.at("text").text()).toList());
    }
    JsonNode open = value.node().deepCopy();
    unseal(open);
    return RequestJson.text(open).text();
  }

  private static boolean isSaid(Field part) {
    return part.at("text").isText();
  }

  /** Its depth is that of the body, which is bounded. */
  private static void unseal(JsonNode node) {
    if (node instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      names.stream().filter(name -> isMute(name, object.get(name))).forEach(object::remove);
    }
    node.forEach(PastWork::unseal);
  }

  private static boolean isMute(String name, JsonNode value) {
    return SEALED.contains(name)
        || (LONG.contains(name) && value.isTextual() && value.textValue().length() > LONGEST_DATA);
  }
}
