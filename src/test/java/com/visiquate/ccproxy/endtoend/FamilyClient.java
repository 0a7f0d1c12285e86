package com.visiquate.ccproxy.endtoend;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A client of one family that talks with tools: how it tells its conversation, what it hears. */
interface FamilyClient {
  JsonMapper JSON = JsonMapper.builder().build();
  Pattern CALL_ID = Pattern.compile("(toolu_)?call_[A-Za-z0-9]+");

  /** A turn of the conversation. */
  sealed interface Turn {
    record User(String text) implements Turn {}

    record Said(Heard heard) implements Turn {}

    /** What came of the calls of the turn before, in their order. */
    record Results(List<Call> calls, List<String> texts) implements Turn {}
  }

  /** What the model said, as this family's client understood it. */
  record Heard(String thinking, String text, List<Call> calls) {}

  record Call(String id, JsonNode arguments) {}

  String path();

  ObjectNode body(String instructions, List<Turn> turns, JsonNode parameters);

  Heard streamed(String body);

  Heard whole(JsonNode body);

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  static JsonNode tree(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException malformed) {
      throw new UncheckedIOException(json, malformed);
    }
  }

  /** The ids of calls in the order in which a text first has them. */
  static List<String> ids(String text) {
    return CALL_ID.matcher(text).results().map(MatchResult::group).distinct().toList();
  }

  static ObjectNode message(String role, String content) {
    return object().put("role", role).put("content", content);
  }

  /** A function in the nested form that chat and Ollama share. */
  static ObjectNode function(JsonNode parameters) {
    ObjectNode tool = object().put("type", "function");
    tool.putObject("function")
        .put("name", "measure")
        .put("description", "Measures.")
        .set("parameters", parameters);
    return tool;
  }
}
