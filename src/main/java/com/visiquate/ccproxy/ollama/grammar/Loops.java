package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Finds references that lead to themselves before they have said anything. */
final class Loops {
  private final References references;
  private final Set<String> seen = new HashSet<>();

  Loops(References references) {
    this.references = references;
  }

  boolean isLoop(String ref) {
    return leads(references.target(ref), ref);
  }

  private boolean leads(JsonNode schema, String to) {
    String ref = schema.path("$ref").asText("");
    if (ref.equals(to)) {
      return true;
    }
    if (!ref.isEmpty() && seen.add(ref) && leads(references.target(ref), to)) {
      return true;
    }
    for (String word : new String[] {"anyOf", "oneOf", "allOf"}) {
      for (JsonNode option : schema.path(word)) {
        if (leads(option, to)) {
          return true;
        }
      }
    }
    return false;
  }
}
