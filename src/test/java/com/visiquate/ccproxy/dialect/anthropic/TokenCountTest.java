package com.visiquate.ccproxy.dialect.anthropic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Calibration;
import com.visiquate.ccproxy.dialect.TokenCounter;
import com.visiquate.ccproxy.dialect.TokenRatios;
import org.junit.jupiter.api.Test;

final class TokenCountTest {
  private static final String IMAGE =
      "{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\","
          + "\"media_type\":\"image/png\",\"data\":\"AAAA\"}}]}";

  @Test
  void weighsEveryKindOfThingByItsOwnRatio() {
    assertThat(tokens(new TokenRatios(1, 0, 0, 0), Talk.user("äöü🌍"))).isEqualTo(10);
    assertThat(tokens(new TokenRatios(0, 0, 7, 0), Talk.user("Hi"))).isEqualTo(7);
    assertThat(tokens(new TokenRatios(0, 0, 0, 768), IMAGE)).isEqualTo(768);
  }

  @Test
  void countsToolsAndTheSystemPrompt() {
    String plain = "{\"model\":\"m\",\"messages\":[%s]".formatted(Talk.user("Hi"));
    TokenCount count = new TokenCount(Calibration.DEFAULT);

    int bare = tokens(count, plain + "}");
    int system = tokens(count, plain + ",\"system\":\"You write code all day.\"}");
    int tools =
        tokens(
            count,
            plain
                + ",\"tools\":[{\"name\":\"f\",\"description\":\"Does it.\","
                + "\"input_schema\":{\"type\":\"object\"}},{\"type\":\"bash_20250124\","
                + "\"name\":\"bash\"}]}");

    assertThat(system).isGreaterThan(bare);
    assertThat(tools).isGreaterThan(bare + 20);
  }

  /** Anthropic says: rather five percent too many than too few. */
  @Test
  void guessesEnglishALittleTooHigh() {
    String sentence = "The quick brown fox jumps over the lazy dog, and the dog does not mind. ";
    int realTokens = 17;

    assertThat(tokens(TokenRatios.DEFAULT, Talk.user(sentence.repeat(100))))
        .isBetween(100 * realTokens, 130 * realTokens);
  }

  @Test
  void answersInAnthropicsForm() {
    assertThat(new String(new TokenCount(Calibration.DEFAULT).answer(42), UTF_8))
        .isEqualTo("{\"input_tokens\":42}");
  }

  @Test
  void refusesWhatCannotBeCounted() {
    TokenCounter.Counted counted =
        new TokenCount(Calibration.DEFAULT).count("{\"model\":\"m\"}".getBytes(UTF_8));

    assertThat(counted)
        .isInstanceOfSatisfying(
            TokenCounter.Counted.Uncountable.class,
            not -> {
              assertThat(not.failure().kind()).isEqualTo(Failure.Kind.INVALID);
              assertThat(not.failure().message()).isEqualTo("messages: Field required");
            });
  }

  private static int tokens(TokenRatios ratios, String message) {
    return tokens(
        new TokenCount(model -> ratios), "{\"model\":\"m\",\"messages\":[%s]}".formatted(message));
  }

  private static int tokens(TokenCount count, String body) {
    return ((TokenCounter.Counted.Tokens) count.count(body.getBytes(UTF_8))).tokens();
  }
}
