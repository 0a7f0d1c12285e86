package com.visiquate.ccproxy.dialect.responses;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.Recall;
import com.visiquate.ccproxy.dialect.TokenCounter.Counted;
import com.visiquate.ccproxy.dialect.TokenRatios;
import org.junit.jupiter.api.Test;

final class InputTokensTest {
  private final InputTokens counter =
      new InputTokens(model -> new TokenRatios(1, 1, 10, 100), Recall.NOTHING);

  @Test
  void countsInstructionsItemsAndTools() {
    assertThat(tokens("{\"model\":\"m\",\"input\":\"abc\"}")).isEqualTo(13);
    assertThat(tokens("{\"model\":\"m\",\"input\":\"abc\",\"instructions\":\"de\"}")).isEqualTo(25);
    assertThat(
            tokens(
                "{\"model\":\"m\",\"input\":\"abc\",\"tools\":[{\"type\":\"function\","
                    + "\"name\":\"f\",\"parameters\":{}},{\"type\":\"web_search\"}]}"))
        .isGreaterThan(23);
  }

  @Test
  void doesNotInsistOnAModel() {
    assertThat(tokens("{\"input\":\"abc\"}")).isEqualTo(13);
  }

  @Test
  void saysWhatCannotBeCounted() {
    assertThat(counter.count("{\"model\":\"m\"}".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Counted.Uncountable.class, not -> assertThat(not.failure().param()).isEqualTo("input"));
    assertThat(
            counter.count("{\"input\":\"a\",\"previous_response_id\":\"resp_x\"}".getBytes(UTF_8)))
        .isInstanceOfSatisfying(
            Counted.Uncountable.class,
            not -> assertThat(not.failure().code()).isEqualTo("previous_response_not_found"));
  }

  @Test
  void answersInOpenAisForm() {
    byte[] answer = new InputTokens(Calibration.DEFAULT, Recall.NOTHING).answer(42);

    assertThat(new String(answer, UTF_8))
        .isEqualTo("{\"object\":\"response.input_tokens\",\"input_tokens\":42}");
  }

  private int tokens(String body) {
    return ((Counted.Tokens) counter.count(body.getBytes(UTF_8))).tokens();
  }
}
