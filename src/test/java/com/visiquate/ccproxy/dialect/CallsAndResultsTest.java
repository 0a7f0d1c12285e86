package com.visiquate.ccproxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arguments as text and results without an id of their own, in every family. */
final class CallsAndResultsTest {
  private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{}}";
  private static final String FUNCTION =
      "{\"type\":\"function\",\"function\":{\"name\":\"%s\",\"parameters\":" + SCHEMA + "}}";
  private static final String HI = "{\"role\":\"user\",\"content\":\"hi\"}";

  private static final Family CHAT =
      new Family(
          "chat",
          new OpenAiChat(),
          "\"messages\":[%s%s],\"tools\":[" + FUNCTION.formatted("f") + "]",
          ",\"tool_choice\":\"required\"",
          "{\"role\":\"assistant\",\"tool_calls\":[{%1$s\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}},{%1$s\"function\":{\"name\":\"g\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",%2$s\"content\":\"1\"},{\"role\":\"tool\",%2$s\"content\":\"2\"}",
          "id",
          "tool_call_id",
          "\"arguments\":\"{\\\"city\\\":\\\"x\\\"}\"",
          "\"arguments\":\"not json\"");

  private static final Family RESPONSES =
      new Family(
          "responses",
          new Responses(),
          "\"input\":[%s%s],\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":"
              + SCHEMA
              + "}]",
          ",\"tool_choice\":\"required\"",
          "{%1$s\"type\":\"function_call\",\"name\":\"f\",\"arguments\":\"{}\"},{%1$s\"type\":\"function_call\",\"name\":\"g\",\"arguments\":\"{}\"},{%2$s\"type\":\"function_call_output\",\"output\":\"1\"},{%2$s\"type\":\"function_call_output\",\"output\":\"2\"}",
          "call_id",
          "call_id",
          "\"arguments\":\"{\\\"city\\\":\\\"x\\\"}\"",
          "\"arguments\":\"not json\"");

  private static final Family MESSAGES =
      new Family(
          "messages",
          new Messages(),
          "\"max_tokens\":9,\"messages\":[%s%s],\"tools\":[{\"name\":\"f\",\"input_schema\":"
              + SCHEMA
              + "}]",
          ",\"tool_choice\":{\"type\":\"any\"}",
          "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",%1$s\"name\":\"f\",\"input\":{}},{\"type\":\"tool_use\",%1$s\"name\":\"g\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",%2$s\"content\":\"1\"},{\"type\":\"tool_result\",%2$s\"content\":\"2\"}]}",
          "id",
          "tool_use_id",
          "\"input\":{\"city\":\"x\"}",
          "\"input\":{\"arguments\":\"not json\"}");

  private static final Family NATIVE =
      new Family(
          "native",
          NativeEndpoints.CHAT,
          "\"messages\":[%s%s],\"tools\":[" + FUNCTION.formatted("f") + "]",
          "",
          "{\"role\":\"assistant\",\"tool_calls\":[{%1$s\"function\":{\"name\":\"f\",\"arguments\":{}}},{%1$s\"function\":{\"name\":\"g\",\"arguments\":{}}}]},{\"role\":\"tool\",%2$s\"content\":\"1\"},{\"role\":\"tool\",%2$s\"content\":\"2\"}",
          "id",
          "tool_call_id",
          "\"arguments\":{\"city\":\"x\"}",
          "\"arguments\":{\"arguments\":\"not json\"}");

  private static Stream<Family> families() {
    return Stream.of(CHAT, RESPONSES, MESSAGES, NATIVE);
  }

  /** Each family with its own words; {@code %1$s} is an id, or nothing where ids are left out. */
  private record Family(
      String name,
      Dialect dialect,
      String body,
      String forced,
      String turn,
      String ofCall,
      String ofResult,
      String object,
      String text) {
    @Override
    public String toString() {
      return name;
    }

    private Trip asking(String turns, String more) {
      String members = body.formatted(HI, turns) + more;
      return new Trip(dialect, "{\"model\":\"m\",\"stream\":false,%s}".formatted(members));
    }

    /** Turns of two calls, f and g, and their two results. */
    private List<String> toolsOfResults(String callIds, String resultIds) {
      String turns = "," + turn.formatted(member(ofCall, callIds), member(ofResult, resultIds));
      JsonNode messages = asking(turns + turns, "").asked().path("messages");
      return StreamSupport.stream(messages.spliterator(), false)
          .filter(message -> message.path("role").asText().equals("tool"))
          .map(message -> message.path("tool_name").asText() + message.path("content").asText())
          .toList();
    }

    private static String member(String name, String id) {
      return id.isEmpty() ? "" : "\"%s\":\"%s\",".formatted(name, id);
    }
  }

  @MethodSource("families")
  @ParameterizedTest
  void readsArgumentsThatAreTextAsTheObjectThatTheyAre(Family family) {
    Trip trip = family.asking("", "");

    assertThat(trip.answered(call("\"{\\\"city\\\":\\\"x\\\"}\""))).contains(family.object);
    assertThat(trip.answered(call("{\"city\":\"x\"}"))).contains(family.object);
    assertThat(trip.answered(call("\"  \""))).containsPattern("(arguments|input)\":\"?\\{}");
    assertThat(trip.answered(call("null"))).containsPattern("(arguments|input)\":\"?\\{}");
  }

  @MethodSource("families")
  @ParameterizedTest
  void losesNoArgumentsThatAreNoObject(Family family) {
    Trip trip = family.asking("", "");

    assertThat(trip.answered(call("\"not json\""))).contains(family.text);
    assertThat(trip.answered(call("[7]"))).contains("[7]");
    assertThat(trip.answered(call("\"{\\\"cut\\\":\""))).contains("cut");
  }

  @MethodSource("families")
  @ParameterizedTest
  void readsTheTextInAForcedCall(Family family) {
    Trip trip = family.asking("", family.forced);
    if (!family.forced.isEmpty()) {
      assertThat(trip.answered(written("\"{\\\"city\\\":\\\"x\\\"}\""))).contains(family.object);
      assertThat(trip.answered(written("\"not json\"")))
          .contains("{\\\"name\\\":\\\"f\\\",\\\"arguments\\\":\\\"not json\\\"}");
    }
  }

  @MethodSource("families")
  @ParameterizedTest
  void matchesResultsWithOneIdInOrder(Family family) {
    assertThat(family.toolsOfResults("x", "x")).containsExactly("f1", "g2", "f1", "g2");
  }

  @MethodSource("families")
  @ParameterizedTest
  void matchesResultsWithoutAnIdInOrder(Family family) {
    if (!family.equals(MESSAGES)) {
      assertThat(family.toolsOfResults("", "")).containsExactly("f1", "g2", "f1", "g2");
      assertThat(family.toolsOfResults("x", "")).containsExactly("f1", "g2", "f1", "g2");
    }
  }

  private static String call(String arguments) {
    return "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"f\",\"arguments\":"
        + arguments
        + "}}]}";
  }

  private static String written(String arguments) {
    return Trip.saying("{\"name\":\"f\",\"arguments\":" + arguments + "}");
  }
}
