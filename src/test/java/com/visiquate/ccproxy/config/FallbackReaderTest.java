package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Fallbacks;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models that answer instead of another. */
final class FallbackReaderTest {
  @Test
  void mayNameModelsThatStandFurtherDown() {
    Settings settings = Texts.valid(models("fallbacks: [b, c], context-fallbacks: [c]"));

    assertThat(fallbacks(settings, "a"))
        .isEqualTo(new Fallbacks(List.of(model("b"), model("c")), List.of(model("c"))));
    assertThat(fallbacks(settings, "c")).isEqualTo(Fallbacks.NONE);
  }

  @Test
  void mayNameEachOther() {
    String text =
        models("fallbacks: [b]")
            .replace("name: b, ollama: b,", "name: b, ollama: b, fallbacks: [a],");
    Settings settings = Texts.valid(text);

    assertThat(fallbacks(settings, "a").others()).containsExactly(model("b"));
    assertThat(fallbacks(settings, "b").others()).containsExactly(model("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fallbacks: [bb] | fallbacks[0]: unknown model \"bb\" (did you mean \"b\"?)",
        "fallbacks: [b, nobody] | fallbacks[1]: unknown model \"nobody\" (expected: a, b or c)",
        "fallbacks: [a] | fallbacks[0]: a (expected: another model than the one that it is for)",
        "fallbacks: [b, b] | fallbacks[1]: b (expected: each model once)",
        "fallbacks: b | fallbacks: b (expected: a list)",
        "context-fallbacks: [a] | context-fallbacks[0]: a"
            + " (expected: another model than the one that it is for)",
        "fallback: [b] | unknown key \"fallback\" (did you mean \"fallbacks\"?)",
      })
  void namesWhatIsWrong(String keys, String problem) {
    assertThat(Texts.problems(models(keys)))
        .singleElement()
        .asString()
        .startsWith("c.yaml:3: models[0]")
        .endsWith(problem);
  }

  @Test
  void doubtsAWindowThatIsNoLarger() {
    assertThat(Texts.warnings(models("context-fallbacks: [b, c]"), Map.of()))
        .containsExactly(
            "c.yaml:3: models[0].context-fallbacks[0]: never used: the window of b, 4096, is not"
                + " larger than 4096");
  }

  private static Fallbacks fallbacks(Settings settings, String name) {
    return settings.plan().catalogue().model(model(name)).orElseThrow().fallbacks();
  }

  private static ModelName model(String name) {
    return new ModelName(name);
  }

  /** Three models; the keys are the first one's. */
  private static String models(String keys) {
    return Texts.with(
        """
        models:
          - {name: a, ollama: a, context: 4096, backends: [fast], %s}
          - {name: b, ollama: b, context: 4096, backends: [fast]}
          - {name: c, ollama: c, context: 8192, backends: [fast]}
        """
            .formatted(keys));
  }
}
