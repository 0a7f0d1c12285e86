package com.visiquate.ccproxy.ollama.grammar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Goes through a schema and puts every word of it so that the engine's grammars follow it; what
 * none can follow is left out, which allows more, never less.
 */
final class Mending {
  private static final int MOST_REFERENCES = 500;

  /** A choice beside properties has them once for each option. */
  private static final int MOST_SCHEMAS = 10_000;

  private final References references;
  private final Findings findings;
  private final Merging merging;
  private final Choices choices;
  private final Objects objects;
  private final Lists lists;
  private final Scalars scalars;
  private int schemas;

  Mending(References references, Findings findings) {
    this.references = references;
    this.findings = findings;
    merging = new Merging(references, findings);
    choices = new Choices(this, merging, references, findings);
    objects = new Objects(this, findings);
    lists = new Lists(this, findings);
    scalars = new Scalars(findings);
  }

  /** The whole schema; the very same when it needs nothing. */
  JsonNode root() {
    ObjectNode root = references.root();
    ObjectNode mended = schema(root, Place.ROOT);
    if (mended.has("$ref")) {
      // Beside a reference at its root, the engine overlooks those inside the definitions.
      ObjectNode around = Words.json().objectNode();
      around.putArray("anyOf").add(mended);
      mended = around;
    }
    mended.remove("$defs");
    mended.remove("definitions");
    define(mended);
    return mended.equals(root) ? root : mended;
  }

  private void define(ObjectNode mended) {
    Set<String> defined = new HashSet<>();
    for (boolean more = true; more; ) {
      more = false;
      for (Map.Entry<String, String> one : references.followed().entrySet()) {
        if (defined.add(one.getValue()) && defined.size() <= MOST_REFERENCES) {
          more = true;
          String pointer = one.getValue().substring("#/".length());
          int slash = pointer.indexOf('/');
          ObjectNode target = schema(references.target(one.getKey()), new Place(one.getKey(), 1));
          mended
              .withObjectProperty(pointer.substring(0, slash))
              .set(pointer.substring(slash + 1), bare(target));
        }
      }
    }
  }

  private static ObjectNode bare(ObjectNode target) {
    target.remove("$defs");
    target.remove("definitions");
    return target;
  }

  ObjectNode schema(JsonNode sent, Place place) {
    if (Words.isAnything(sent)) {
      return place.depth() == 0 && sent.isObject() ? Words.copy((ObjectNode) sent) : anything(sent);
    }
    if (!sent.isObject() || place.isTooDeep() || schemas++ > MOST_SCHEMAS) {
      findings.object(place.path(), sent.isObject() ? "the schema is too large here" : why(sent));
      return Words.any();
    }
    ObjectNode whole = Words.copy(merging.whole((ObjectNode) sent));
    whole.fieldNames().forEachRemaining(this::note);
    if (whole.has("$ref")) {
      return reference(whole, place);
    }
    return whole.has("oneOf") || whole.has("anyOf")
        ? choices.mend(whole, place)
        : typed(whole, place);
  }

  private static String why(JsonNode sent) {
    return Words.isNever(sent) ? "nothing fits it" : "a schema is an object";
  }

  private void note(String word) {
    if (Words.UNKNOWN.contains(word)) {
      findings.leaveOut(word);
    }
  }

  private static ObjectNode anything(JsonNode sent) {
    ObjectNode any = sent.isObject() ? Words.copy((ObjectNode) sent) : Words.json().objectNode();
    any.setAll(Words.any());
    return any;
  }

  private ObjectNode reference(ObjectNode schema, Place place) {
    String ref = schema.path("$ref").asText("");
    JsonNode target = references.target(ref);
    if (!target.isObject() && !target.isBoolean()) {
      findings.object(place.at("$ref").path(), "it leads nowhere in this schema");
      return Words.any();
    }
    if (new Loops(references).isLoop(ref)) {
      findings.object(place.at("$ref").path(), "it leads to itself");
      return Words.any();
    }
    ObjectNode followed = Words.copy(schema);
    followed.put("$ref", references.follow(ref));
    followed.retain("$ref", "description", "title", "$schema");
    return followed;
  }

  private ObjectNode typed(ObjectNode schema, Place place) {
    Types.mend(schema, place, findings);
    if (isConstant(schema, place)) {
      return schema;
    }
    if (Words.isTyped(schema, "object") || schema.has("properties")) {
      objects.mend(schema, place);
    }
    if (Words.isTyped(schema, "array")) {
      lists.mend(schema, place);
    }
    scalars.mend(schema);
    return schema;
  }

  /** A list of values says it all. */
  private boolean isConstant(ObjectNode schema, Place place) {
    JsonNode values = schema.path("enum");
    if (schema.has("enum") && (!values.isArray() || values.isEmpty())) {
      findings.object(place.at("enum").path(), "it is a list of at least one value");
      schema.remove("enum");
    }
    return schema.has("enum") || schema.has("const");
  }

  /** All of a list of schemas but those that nothing fits. */
  ArrayNode all(JsonNode list, String word, Place place) {
    ArrayNode mended = Words.json().arrayNode();
    for (int i = 0; i < list.size(); i++) {
      if (!Words.isNever(list.get(i))) {
        mended.add(schema(list.get(i), place.at(word, i)));
      }
    }
    return mended;
  }
}
