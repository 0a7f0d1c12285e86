package com.visiquate.ccproxy.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Takes secrets out of texts: what it returns is matched by none of its patterns. */
final class Blanker {
  static final String BLANK = "[blanked]";

  /** Two patterns may make something for a third; more than a few rounds mean a strange one. */
  private static final int MOST_ROUNDS = 4;

  private static final int HEXADECIMAL = 16;
  private static final Pattern ESCAPED = Pattern.compile("\\\\+u([0-9A-Fa-f]{4})");
  private static final ObjectMapper JSON = new ObjectMapper();
  private final List<Pattern> patterns;

  /** With these besides the usual ones. */
  Blanker(List<Pattern> own) {
    patterns = Stream.concat(SecretShapes.USUAL.stream(), own.stream()).toList();
  }

  /** A text, which may be JSON itself, with letters that are escaped in it. */
  String text(String said) {
    String text = blanked(said);
    for (int round = 0; round < MOST_ROUNDS; round++) {
      String plain = unescaped(text);
      if (!isSecret(plain)) {
        return text;
      }
      text = blanked(plain);
    }
    return "";
  }

  private static String unescaped(String text) {
    return text.contains("\\u")
        ? ESCAPED
            .matcher(text)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        Character.toString((char) Integer.parseInt(found.group(1), HEXADECIMAL))))
        : text;
  }

  private String blanked(String said) {
    String text = said;
    for (int round = 0; round < MOST_ROUNDS && isSecret(text); round++) {
      for (Pattern pattern : patterns) {
        text = pattern.matcher(text).replaceAll(Matcher.quoteReplacement(BLANK));
      }
    }
    return isSecret(text) ? "" : text;
  }

  /** A JSON text: all strings within it, whatever they are escaped with. */
  String json(String said) {
    try {
      String blanked = JSON.writeValueAsString(tree(JSON.readTree(said)));
      // A secret may stand over the seams of what is blanked one by one.
      return isSecret(blanked) ? "{}" : blanked;
    } catch (JsonProcessingException noJson) {
      return text(said);
    }
  }

  /** The same tree without secrets, in its names, too. */
  JsonNode tree(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode blanked = JSON.createObjectNode();
        object
            .properties()
            .forEach(one -> blanked.set(text(one.getKey()), value(one.getKey(), one.getValue())));
        yield blanked;
      }
      case ArrayNode array -> {
        ArrayNode blanked = JSON.createArrayNode();
        array.forEach(element -> blanked.add(tree(element)));
        yield blanked;
      }
      case TextNode text -> TextNode.valueOf(text(text.textValue()));
      default -> node;
    };
  }

  /** Some secrets show only by the name that they have. */
  private JsonNode value(String name, JsonNode node) {
    JsonNode blanked = tree(node);
    boolean named = blanked.isTextual() && isSecret(JSON.createObjectNode().set(name, blanked));
    return named ? TextNode.valueOf(BLANK) : blanked;
  }

  private boolean isSecret(JsonNode node) {
    return isSecret(node.toString());
  }

  boolean isSecret(String text) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }
}
