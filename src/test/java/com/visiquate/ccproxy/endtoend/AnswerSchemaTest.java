package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.engine.Seen;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Schemas that the engine would refuse, in every dialect that has them. */
@Tag("endtoend")
final class AnswerSchemaTest {
  private static final String PATTERNS =
      """
      {"type":"object","properties":{"zip":{"type":"string","pattern":"[0-9]"},\
      "day":{"type":"string","pattern":"^\\\\d{4}-\\\\d{2}$"},\
      "odd":{"type":"string","pattern":"(?=x)y"}},"required":["zip","day"]}\
      """;

  private static final String WRONG =
      "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"list\"}}}";

  private final Stack stack = Stack.start(Recipe.of(2, Recipe.instant()));

  @AfterEach
  void close() {
    stack.close();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMPLETIONS")
  void patternsAreMendedBeforeTheyAreSent(Door door) throws IOException {
    for (boolean stream : new boolean[] {false, true}) {
      RawClient.Reply reply = ask(door, "hello", stream, format(door, PATTERNS));
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.body()).contains("zip").doesNotContain("error\":{");
    }
    assertThat(
            stack.ollamas().stream().mapToLong(one -> one.seen().requests(door.upstream())).sum())
        .isEqualTo(2);
    stack.untilMetric(
        "ccproxy_dropped_fields_total{field=\"schema.pattern\",route=\"%s\"} 2.0"
            .formatted(door.path()));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "COMPLETIONS")
  void aSchemaThatNothingCouldFollowIsRefusedByItsPath(Door door) throws IOException {
    RawClient.Reply reply = ask(door, "hello", false, format(door, WRONG));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body())
        .contains(
            switch (door) {
              case CHAT -> "response_format.json_schema.schema.properties.a.type";
              case RESPONSES -> "text.format.schema.properties.a.type";
              case MESSAGES -> "output_config.format.schema.properties.a.type";
              default -> "format.properties.a.type";
            });
    assertThat(
            stack.ollamas().stream()
                .map(one -> one.seen())
                .mapToLong(AnswerSchemaTest::asked)
                .sum())
        .isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES", "NATIVE_CHAT"})
  void aSchemaBesideToolsIsMendedAsWell(Door door) throws IOException {
    String tool =
        switch (door) {
          case MESSAGES -> "{\"name\":\"f\",\"input_schema\":%s}";
          case RESPONSES -> "{\"type\":\"function\",\"name\":\"f\",\"parameters\":%s}";
          default -> "{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":%s}}";
        };
    String tools = "\"tools\":[" + tool.formatted(PATTERNS) + "]," + format(door, PATTERNS);
    RawClient.Reply reply = ask(door, "hello", false, tools);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAT", "RESPONSES", "MESSAGES"})
  void aForcedToolWithAPatternIsCalled(Door door) throws IOException {
    String function = "\"name\":\"find\",\"description\":\"Finds.\"";
    String more =
        switch (door) {
          case CHAT ->
              "\"tools\":[{\"type\":\"function\",\"function\":{%s,\"parameters\":%s}}],\"tool_choice\":\"required\"";
          case RESPONSES ->
              "\"tools\":[{\"type\":\"function\",%s,\"parameters\":%s}],\"tool_choice\":\"required\"";
          default -> "\"tools\":[{%s,\"input_schema\":%s}],\"tool_choice\":{\"type\":\"any\"}";
        };
    RawClient.Reply reply = ask(door, "hello", false, more.formatted(function, PATTERNS));
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).contains("\"name\":\"find\"").contains("zip");
  }

  private static long asked(Seen seen) {
    return seen.requests("/api/chat") + seen.requests("/api/generate");
  }

  private static String format(Door door, String schema) {
    String fields =
        switch (door) {
          case CHAT ->
              "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"x\",\"schema\":%s}}";
          case RESPONSES ->
              "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"x\",\"schema\":%s}}";
          case MESSAGES ->
              "\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":%s}}";
          case COMPLETIONS, NATIVE_CHAT, NATIVE_GENERATE -> "\"format\":%s";
        };
    return fields.formatted(schema);
  }

  private RawClient.Reply ask(Door door, String question, boolean stream, String more)
      throws IOException {
    try (RawClient client =
        stack.client().post(door.path(), door.body(question, stream, "," + more))) {
      return client.reply();
    }
  }
}
