package com.visiquate.ccproxy.launch;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.Catalogue;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo's most likely first visitors: agents that nobody has told a model. */
final class DemoTest {
  /** The largest first prompt that an agent was seen to send, in tokens. */
  private static final int PROMPT = 32_320;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "claude-opus-5",
        "claude-sonnet-5",
        "claude-haiku-4-5",
        "claude-3-5-sonnet",
        "gpt-5.5-codex",
        "gpt-5",
        "gpt-oss:20b",
        "codex-mini-latest",
        "qwen3-coder-plus",
        "coding"
      })
  void answersAgentsWithTheirDefaultModelWithinSeconds(String name) {
    ModelSpec model =
        ((Valid) Config.demo(Map.of()))
            .settings()
            .plan()
            .catalogue()
            .find(name)
            .map(Catalogue.Match::model)
            .orElseThrow();
    assertThat(model.context()).isGreaterThanOrEqualTo(2 * PROMPT - 1_000);
    assertThat(Demo.profile().models())
        .filteredOn(one -> model.isCalled(one.name()))
        .singleElement()
        .satisfies(one -> assertThat(PROMPT / one.promptRate()).isLessThan(6));
  }
}
