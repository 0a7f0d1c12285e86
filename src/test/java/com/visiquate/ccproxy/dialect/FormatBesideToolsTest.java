package com.visiquate.ccproxy.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.dialect.anthropic.Messages;
import com.visiquate.ccproxy.dialect.ollama.NativeEndpoints;
import com.visiquate.ccproxy.dialect.openai.OpenAiChat;
import com.visiquate.ccproxy.dialect.responses.Responses;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who asks for a schema and offers tools gets a call or an answer in the schema, everywhere. */
final class FormatBesideToolsTest {
  private static final String SCHEMA =
      "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}},\"required\":[\"city\"]}";
  private static final String CALL = "{\"name\":\"f\",\"arguments\":{\"x\":1}}";
  private static final String FUNCTION =
      "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":%s}}".formatted(SCHEMA);
  private static final String HELLO = "{\"role\":\"user\",\"content\":\"hi\"}";

  private static final Family CHAT =
      new Family(
          "chat",
          new OpenAiChat(),
          "\"messages\":[%s],\"tools\":[%s],\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":%s}}"
              .formatted(HELLO, FUNCTION, SCHEMA),
          "{\"role\":\"assistant\",\"tool_calls\":[{\"id\":\"1\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"{}\"}}]},{\"role\":\"tool\",\"tool_call_id\":\"1\",\"content\":\"9\"}",
          Map.of(
              "none",
              "\"none\"",
              "forced",
              "{\"type\":\"function\",\"function\":{\"name\":\"f\"}}",
              "auto",
              "\"auto\""));

  private static final Family RESPONSES =
      new Family(
          "responses",
          new Responses(),
          "\"input\":[%s],\"tools\":[{\"type\":\"function\",\"name\":\"f\",\"parameters\":%s}],\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"a\",\"schema\":%s}}"
              .formatted(HELLO, SCHEMA, SCHEMA),
          "{\"type\":\"function_call\",\"call_id\":\"1\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"1\",\"output\":\"9\"}",
          Map.of("none", "\"none\"", "forced", "\"required\"", "auto", "\"auto\""));

  private static final Family MESSAGES =
      new Family(
          "messages",
          new Messages(),
          "\"max_tokens\":9,\"messages\":[%s],\"tools\":[{\"name\":\"f\",\"input_schema\":%s}],\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":%s}}"
              .formatted(HELLO, SCHEMA, SCHEMA),
          "{\"role\":\"assistant\",\"content\":[{\"type\":\"tool_use\",\"id\":\"1\",\"name\":\"f\",\"input\":{}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"1\",\"content\":\"9\"}]}",
          Map.of(
              "none",
              "{\"type\":\"none\"}",
              "forced",
              "{\"type\":\"any\"}",
              "auto",
              "{\"type\":\"auto\"}"));

  private static final Family NATIVE =
      new Family(
          "native",
          NativeEndpoints.CHAT,
          "\"messages\":[%s],\"tools\":[%s],\"format\":%s".formatted(HELLO, FUNCTION, SCHEMA),
          "{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"function\":{\"name\":\"f\",\"arguments\":{}}}]},{\"role\":\"tool\",\"content\":\"9\",\"tool_name\":\"f\"}",
          Map.of());

  private static Stream<Family> families() {
    return Stream.of(CHAT, RESPONSES, MESSAGES, NATIVE);
  }

  /** Each family with its own words for the schema, the tool, a call and an answer. */
  private record Family(
      String name, Dialect dialect, String members, String turn, Map<String, String> choices) {
    @Override
    public String toString() {
      return name;
    }

    private Trip asking(boolean stream) {
      return asking(members, stream);
    }

    private Trip asking(String body, boolean stream) {
      return new Trip(dialect, "{\"model\":\"m\",\"stream\":%s,%s}".formatted(stream, body));
    }

    private Trip choosing(String word) {
      return asking(members + ",\"tool_choice\":" + choices.get(word), true);
    }

    private boolean has(String word) {
      return choices.containsKey(word);
    }
  }

  @MethodSource("families")
  @ParameterizedTest
  void asksForACallOrAnAnswer(Family family) {
    JsonNode format = family.asking(true).asked().path("format");

    assertThat(format.path("anyOf")).hasSize(2);
    assertThat(format.at("/anyOf/0")).isEqualTo(Trip.tree(SCHEMA));
    assertThat(format.at("/anyOf/1/properties/name/enum/0").textValue()).isEqualTo("f");
  }

  @MethodSource("families")
  @ParameterizedTest
  void allowsBothAgainAfterTheResultOfATool(Family family) {
    String later = family.members.replace(HELLO, HELLO + "," + family.turn);

    JsonNode asked = family.asking(later, true).asked();

    assertThat(asked.path("messages")).hasSize(3);
    assertThat(asked.at("/format/anyOf")).hasSize(2);
  }

  @MethodSource("families")
  @ParameterizedTest
  void heedsTheChoiceOfATool(Family family) {
    if (family.has("none")) {
      JsonNode none = family.choosing("none").asked();
      assertThat(none.has("tools")).isFalse();
      assertThat(none.path("format")).isEqualTo(Trip.tree(SCHEMA));
      assertThat(family.choosing("auto").asked().at("/format/anyOf")).hasSize(2);
      assertThat(family.choosing("forced").asked().at("/format/properties/name/enum/0").textValue())
          .isEqualTo("f");
    }
  }

  @MethodSource("families")
  @ParameterizedTest
  void tellsACallAsACall(Family family) {
    for (boolean stream : new boolean[] {true, false}) {
      String answer =
          family
              .asking(stream)
              .answered(Trip.saying(CALL.substring(0, 12)), Trip.saying(CALL.substring(12)));
      assertThat(answer)
          .containsPattern("\"(tool_calls|tool_use|function_call)\"|\"type\":\"function_call\"")
          .containsPattern("\"x\\\\?\":1")
          .doesNotContain("\\\"name\\\"");
    }
  }

  @MethodSource("families")
  @ParameterizedTest
  void tellsAnAnswerPieceByPiece(Family family) {
    for (boolean stream : new boolean[] {true, false}) {
      String answer =
          family.asking(stream).answered(Trip.saying("{\"ci"), Trip.saying("ty\":\"Rome\"}"));
      assertThat(answer)
          .contains(stream ? "\"{\\\"ci\"" : "\"{\\\"city\\\":\\\"Rome\\\"}\"")
          .doesNotContainPattern("\"tool_calls\":\\[|\"tool_use\"|\"function_call\"");
    }
  }
}
