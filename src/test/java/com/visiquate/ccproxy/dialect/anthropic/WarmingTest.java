package com.visiquate.ccproxy.dialect.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.FinishReason;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code max_tokens: 0}: the prompt is computed for who comes later, and nothing is said. */
final class WarmingTest {
  private static String body(String more) {
    return "{\"model\":\"coder\",\"max_tokens\":0,\"messages\":[%s]%s}"
        .formatted(Talk.user("Hi"), more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"thinking\":{\"type\":\"adaptive\"}",
        ",\"tools\":[{\"name\":\"f\",\"input_schema\":{}}],\"tool_choice\":{\"type\":\"any\"}",
        ",\"stop_sequences\":[\"x\"]"
      })
  void asksForOneTokenAtMost(String more) {
    assertThat(Talk.of(body(more)).request().sampling().maxTokens()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource(FinishReason.class)
  void saysNothingWhole(FinishReason reason) {
    Counts counts = new Counts(1000, 200, 1, 0, 0, 0);
    String answer =
        Talk.of(body("")).thinks("hm").says("Hello").calls("c", "f", "{}").ends(reason, counts);

    assertThat(answer)
        .contains("\"content\":[]", "\"stop_reason\":\"max_tokens\"")
        .contains("\"input_tokens\":800", "\"cache_read_input_tokens\":200")
        .contains("\"output_tokens\":0");
  }

  @ParameterizedTest
  @CsvSource({"STOP", "LENGTH"})
  void saysNothingStreamed(FinishReason reason) {
    Counts counts = new Counts(1000, 0, 1, 0, 0, 0);
    String answer = Talk.of(body(",\"stream\":true")).thinks("hm").says("He").ends(reason, counts);

    assertThat(answer)
        .contains("event: message_start", "\"stop_reason\":\"max_tokens\"", "\"output_tokens\":0")
        .endsWith("event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n")
        .doesNotContain("content_block");
  }
}
