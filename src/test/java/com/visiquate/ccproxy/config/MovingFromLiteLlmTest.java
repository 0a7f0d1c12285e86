package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.simulator.Simulator;
import com.visiquate.ccproxy.simulator.model.Profile;
import io.vertx.core.Vertx;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What LiteLLM took and what simply works here as well. */
final class MovingFromLiteLlmTest {
  @ParameterizedTest
  @CsvSource({
    "think: false, false",
    "think: true, true",
    "reasoning_effort: none, false",
    "reasoning_effort: disable, false",
    "reasoning_effort: minimal, low",
    "reasoning_effort: high, high",
    "reasoning_effort: xhigh, max",
    "thinking: {type: disabled}, false"
  })
  void saysWhetherAModelThinksWhereARequestDoesNot(String params, String think) {
    ModelSpec model = only(plan("model: ollama/m, num_ctx: 8192, " + params));
    assertThat(model.options().get("think")).hasToString(think);
  }

  @ParameterizedTest
  @CsvSource({
    "openai/qwen3:8b, http://10.0.0.7:11434/v1",
    "openai/qwen3:8b, http://10.0.0.7:11434/v1/",
    "openai/qwen3:8b, http://10.0.0.7:11434",
    "custom_openai/qwen3:8b, http://10.0.0.7:11434/v1",
    "ollama_chat/qwen3:8b, http://10.0.0.7:11434/v1"
  })
  void anOllamaBehindOpenAisApiIsAnOllama(String model, String base) {
    FleetPlan plan = plan("num_ctx: 8192, model: '%s', api_base: '%s'".formatted(model, base));
    assertThat(only(plan).ollama()).isEqualTo("qwen3:8b");
    assertThat(plan.backends().getFirst().url()).hasToString("http://10.0.0.7:11434");
  }

  @Test
  void anAsteriskIsEveryModelThatTheOllamaHas() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Simulator ollama =
          Simulator.start(vertx, Profile.instant()).toCompletionStage().toCompletableFuture().get();
      String base = "http://127.0.0.1:" + ollama.port();
      FleetPlan plan =
          plan(
              "num_ctx: 8192, model: 'ollama_chat/*', api_base: '%s'".formatted(base), "'local/*'");
      assertThat(plan.catalogue().models()).hasSizeGreaterThan(3);
      assertThat(plan.catalogue().find("local/qwen3:8b"))
          .hasValueSatisfying(match -> assertThat(match.model().ollama()).isEqualTo("qwen3:8b"));
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get();
    }
  }

  private static ModelSpec only(FleetPlan plan) {
    assertThat(plan.catalogue().models()).hasSize(1);
    return plan.catalogue().models().getFirst();
  }

  private static FleetPlan plan(String params) {
    return plan(params, "m");
  }

  private static FleetPlan plan(String params, String name) {
    String text = "model_list: [{model_name: %s, litellm_params: {%s}}]\n".formatted(name, params);
    return switch (Config.parse("c.yaml", text, Map.of())) {
      case Valid valid -> valid.settings().plan();
      case Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }
}
