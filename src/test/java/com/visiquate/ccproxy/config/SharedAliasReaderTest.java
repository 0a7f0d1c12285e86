package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Share;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What may be written where models share an alias. */
final class SharedAliasReaderTest {
  @Test
  void readsModelsAndTheirShares() {
    Loaded loaded = read(4096, "[{model: m, share: 90}, {model: n, share: 10}]");

    assertThat(loaded)
        .isInstanceOfSatisfying(
            Valid.class,
            valid -> {
              assertThat(valid.warnings()).isEmpty();
              assertThat(valid.settings().plan().catalogue().aliases().getFirst().shares())
                  .containsExactly(
                      new Share(new ModelName("m"), 90), new Share(new ModelName("n"), 10));
            });
  }

  @Test
  void warnsOfDifferentWindows() {
    Loaded loaded = read(8192, "[{model: m, share: 90}, {model: n, share: 10}]");

    assertThat(((Valid) loaded).warnings())
        .singleElement()
        .asString()
        .contains("different windows", "that of m");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|share > 0",
        "[{model: m, share: 0}]|share > 0",
        "[{model: m, share: -1}]|0 to 1000000",
        "[{model: m, share: 1.5}]|0 to 1000000",
        "[{model: m}]|missing",
        "[{share: 1}]|missing",
        "[{model: l, share: 1}]|unknown model",
        "[m]|a section",
        "[{model: m, share: 1, weight: 1}]|unknown key",
        "[{model: m, share: 1}, {model: m, share: 2}]|another name",
      })
  void saysWhatIsWrong(String shares, String problem) {
    assertThat(read(4096, shares))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> assertThat(invalid.problems()).singleElement().asString().contains(problem));
  }

  private static Loaded read(int window, String shares) {
    String models =
        """
        models:
          - {name: m, ollama: m, context: 4096, backends: [fast]}
          - {name: n, ollama: n, context: %d, backends: [fast]}
        aliases: {x: %s}
        """;
    return Config.parse("test", Texts.with(models.formatted(window, shares)), Map.of());
  }
}
