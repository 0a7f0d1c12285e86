package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The references of one schema, and how the engine follows them: only down from the root by plain
 * names. Owns the names of what is referred to; whatever is no plain definition gets a new one.
 */
final class References {
  private static final Pattern PLAIN = Pattern.compile("#/(\\$defs|definitions)/[A-Za-z0-9_.\\-]+");

  private final ObjectNode root;
  private final Map<String, String> followed = new LinkedHashMap<>();

  References(ObjectNode root) {
    this.root = root;
  }

  ObjectNode root() {
    return root;
  }

  /** What a reference stands for; missing when it leads nowhere, or out of the schema. */
  JsonNode target(String ref) {
    if (ref.equals("#")) {
      return root;
    }
    if (!ref.startsWith("#/")) {
      return JsonNodeFactory.instance.missingNode();
    }
    JsonNode found = root.at(ref.substring(1));
    return found.isMissingNode() ? root.at(decoded(ref.substring(1))) : found;
  }

  /** The same reference as the engine follows it, from now on one of those that are followed. */
  String follow(String ref) {
    String known = followed.get(ref);
    String plain = known == null ? name(ref) : known;
    followed.put(ref, plain);
    return plain;
  }

  /** All that are followed, as they were and as they are; more may come while they are mended. */
  Map<String, String> followed() {
    return new LinkedHashMap<>(followed);
  }

  private String name(String ref) {
    if (PLAIN.matcher(ref).matches()) {
      return ref;
    }
    int number = followed.size();
    while (root.path("$defs").has("ref-" + number)) {
      number += MOST_REFERENCES;
    }
    return "#/$defs/ref-" + number;
  }

  private static String decoded(String pointer) {
    try {
      return URLDecoder.decode(pointer.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      return pointer;
    }
  }

  private static final int MOST_REFERENCES = 100_000;
}
