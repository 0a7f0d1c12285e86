package com.visiquate.ccproxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients say in the words of another family, or in words that used to get lost. */
final class OtherWordsTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}";
  private static final String HALF = "\\ud83d";
  private static final String NO_HALF = "\ufffd";

  /** A family, and a body of it with one thing that a user says. */
  private record Family(String name, Dialect dialect, String body) {
    private Trip with(String members) {
      return new Trip(dialect, body.formatted("hi") + members + "}");
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private static Stream<Family> families() {
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]";
    return Stream.of(
        new Family("chat", new OpenAiChat(), "{\"model\":\"m\"," + messages),
        new Family("messages", new Messages(), "{\"model\":\"m\",\"max_tokens\":9," + messages),
        new Family("responses", new Responses(), "{\"model\":\"m\",\"input\":\"%s\""),
        new Family(
            "native", NativeEndpoints.CHAT, "{\"model\":\"m\",\"stream\":false," + messages));
  }

  @MethodSource("families")
  @ParameterizedTest
  void takesTheToolsOfEveryFamily(Family family) {
    String[] spellings = {
      "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"description\":\"d\",\"parameters\":%s}}",
      "{\"type\":\"function\",\"name\":\"f\",\"description\":\"d\",\"parameters\":%s}",
      "{\"name\":\"f\",\"description\":\"d\",\"input_schema\":%s}",
      "{\"type\":\"custom\",\"name\":\"f\",\"description\":\"d\",\"input_schema\":%s}"
    };
    for (String tool : spellings) {
      Trip trip = family.with(",\"tools\":[" + tool.formatted(SCHEMA) + "]");
      JsonNode function = trip.asked().at("/tools/0/function");
      assertThat(function.path("name").textValue()).isEqualTo("f");
      assertThat(function.path("description").textValue()).isEqualTo("d");
      assertThat(function.path("parameters")).isEqualTo(Trip.tree(SCHEMA));
      assertThat(trip.understood().dropped()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"required\"",
        "{\"type\":\"any\"}",
        "{\"type\":\"tool\",\"name\":\"f\"}",
        "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}"
      })
  void takesTheChoiceOfAToolInTheWordsOfBoth(String choice) {
    String members = ",\"tools\":[{\"name\":\"f\",\"input_schema\":%s}],\"tool_choice\":%s";
    families()
        .filter(family -> family.name.equals("chat") || family.name.equals("messages"))
        .map(family -> family.with(members.formatted(SCHEMA, choice)).understood())
        .forEach(understood -> assertThat(understood.request().mustCall()).isTrue());
  }

  @MethodSource("families")
  @ParameterizedTest
  void keepsTheTuplesOfASchema(Family family) {
    String tuple =
        "{\"type\":\"array\",\"items\":[{\"type\":\"number\"},{\"$ref\":\"#/$defs/u\"}]}";
    String tool =
        "{\"type\":\"object\",\"properties\":{\"p\":%s},\"$defs\":{\"u\":{\"type\":\"string\"}}}";

    JsonNode asked =
        family
            .with(
                ",\"tools\":[{\"name\":\"f\",\"input_schema\":%s}]"
                    .formatted(tool.formatted(tuple)))
            .asked();

    assertThat(asked.at("/tools/0/function/parameters/properties/p/items"))
        .isEqualTo(Trip.tree("[{\"type\":\"number\"},{\"type\":\"string\"}]"));
  }

  @MethodSource("families")
  @ParameterizedTest
  void putsAReplacementForHalfOfAPair(Family family) {
    Trip asking = new Trip(family.dialect, family.body.formatted("a" + HALF + "b") + "}");
    assertThat(asking.asked().at("/messages/0/content").textValue()).isEqualTo("a" + NO_HALF + "b");

    String text = "{\"role\":\"assistant\",\"content\":\"a%sb\"}".formatted(HALF);
    assertThat(asking.answered(text)).contains("a" + NO_HALF + "b");
    String call =
        "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{\"x\":\"a%sb\"}}}]}";
    assertThat(asking.answered(call.formatted(HALF))).contains("a" + NO_HALF + "b");
  }

  @Test
  void putsAReplacementForHalfOfAPairInArgumentsAndSchemas() {
    String tool =
        ",\"tools\":[{\"name\":\"f\",\"input_schema\":{\"type\":\"object\",\"properties\":{\"a\":{\"enum\":[\"%s\"]}}}}]";
    assertThat(family("chat").with(tool.formatted(HALF)).asked().toString())
        .contains("[\"" + NO_HALF + "\"]");
    Trip chat =
        new Trip(
            new OpenAiChat(),
            "{\"model\":\"m\",\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"function\":{\"name\":\"f\",\"arguments\":\"{\\\"x\\\":\\\"\\%s\\\"}\"}}]}]}"
                .formatted(HALF));
    assertThat(chat.asked().at("/messages/0/tool_calls/0/function/arguments/x").textValue())
        .isEqualTo(NO_HALF);
  }

  @Test
  void findsTheSchemaOfAFormatWhereverItStands() {
    String[] spellings = {
      "{\"type\":\"json_object\",\"schema\":%s}",
      "{\"type\":\"json_schema\",\"schema\":%s}",
      "{\"type\":\"json_schema\",\"json_schema\":{\"schema\":%s}}"
    };
    for (String spelling : spellings) {
      String format = spelling.formatted(SCHEMA);
      assertThat(family("chat").with(",\"response_format\":" + format).asked().path("format"))
          .isEqualTo(Trip.tree(SCHEMA));
      assertThat(
              family("responses")
                  .with(",\"text\":{\"format\":%s}".formatted(format))
                  .asked()
                  .path("format"))
          .isEqualTo(Trip.tree(SCHEMA));
      assertThat(
              family("messages")
                  .with(",\"output_config\":{\"format\":%s}".formatted(format))
                  .asked()
                  .path("format"))
          .isEqualTo(Trip.tree(SCHEMA));
    }
  }

  @Test
  void tellsTheModelOfTheGrammarOfAFreeText() {
    String grammar = "\"syntax\":\"lark\",\"definition\":\"start: WORD\"";
    String nested =
        "{\"type\":\"custom\",\"custom\":{\"name\":\"f\",\"format\":{\"type\":\"grammar\",\"grammar\":{%s}}}}"
            .formatted(grammar);
    String flat =
        "{\"type\":\"custom\",\"name\":\"f\",\"format\":{\"type\":\"grammar\",%s}}"
            .formatted(grammar);
    for (String name : new String[] {"chat", "responses"}) {
      for (String tool : new String[] {nested, flat}) {
        Trip trip = family(name).with(",\"tools\":[" + tool + "]");
        assertThat(trip.asked().at("/tools/0/function/parameters/properties/input/description"))
            .hasToString(
                "\"The whole input as plain text. It must follow this lark grammar:\\n"
                    + "start: WORD\"");
        assertThat(trip.understood().dropped()).isEmpty();
      }
    }
  }

  private static Family family(String name) {
    return families().filter(family -> family.name.equals(name)).findFirst().orElseThrow();
  }
}
