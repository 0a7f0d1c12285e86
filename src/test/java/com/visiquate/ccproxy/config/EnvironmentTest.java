package com.visiquate.ccproxy.config;

import static com.visiquate.ccproxy.config.Texts.minimal;
import static com.visiquate.ccproxy.config.Texts.problems;
import static com.visiquate.ccproxy.config.Texts.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.Strategy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EnvironmentTest {
  @Test
  void winsOverTheFileAndOverDefaults() {
    Settings settings =
        valid(
            minimal() + "server: {port: 1234}\n",
            Map.of(
                "CCPROXY_SERVER_PORT", "9000",
                "CCPROXY_ROUTING_STRATEGY", "shuffle",
                "CCPROXY_WAITING_COMMIT_AFTER", "1s",
                "CCPROXY_BACKENDS_0_SLOTS", "4",
                "CCPROXY_MODELS_0_KEEP_ALIVE", "10m"));

    assertThat(settings.server().port()).isEqualTo(9000);
    assertThat(settings.plan().routing().strategy()).isEqualTo(Strategy.SHUFFLE);
    assertThat(settings.plan().waiting().commitAfter()).isEqualTo(Duration.ofSeconds(1));
    assertThat(settings.plan().backends().getFirst().slots()).isEqualTo(4);
    assertThat(settings.plan().catalogue().models().getFirst().keepAlive()).isEqualTo("10m");
  }

  @Test
  void isNamedByItsProblems() {
    assertThat(problems(minimal(), Map.of("CCPROXY_SERVER_PORT", "web")))
        .containsExactly("CCPROXY_SERVER_PORT: server.port: web (expected: 0 to 65535)");
  }

  @Test
  void warnsOfVariablesThatMeanNothing() {
    assertThat(
            warnings(
                minimal(),
                Map.of("CCPROXY_SERVER_PROT", "1", "CCPROXY_BACKENDS_7_SLOTS", "2", "PATH", "/")))
        .containsExactly(
            "environment: unknown variable \"CCPROXY_BACKENDS_7_SLOTS\""
                + " (did you mean \"CCPROXY_BACKENDS_0_SLOTS\"?)",
            "environment: unknown variable \"CCPROXY_SERVER_PROT\""
                + " (did you mean \"CCPROXY_SERVER_PORT\"?)");
  }

  @Test
  void fillsValuesIn() {
    String text =
        """
        backends: [{id: fast, url: "http://${OLLAMA}:${OLLAMA_PORT:-11434}"}]
        models: [{name: "$${m}", ollama: "${NOTHING:-}m", context: 4096, backends: [fast]}]
        """;

    Settings settings = valid(text, Map.of("OLLAMA", "studio"));

    assertThat(settings.plan().backends().getFirst().url()).hasToString("http://studio:11434");
    assertThat(settings.plan().catalogue().models().getFirst().name().value()).isEqualTo("${m}");
    assertThat(settings.plan().catalogue().models().getFirst().ollama()).isEqualTo("m");
  }

  @Test
  void isMissedWithTheLine() {
    assertThat(problems(minimal() + "logging: {file: \"${LOGS}/ccproxy.log\"}\n"))
        .containsExactly(
            "c.yaml:3: logging.file: ${LOGS}/ccproxy.log"
                + " (expected: the environment variable LOGS, or ${LOGS:-default})");
  }

  @Test
  void isNotShownByTheProblemOfAValueThatItFilledIn() {
    assertThat(problems(minimal() + "queue: {length: \"${SECRET}\"}\n", Map.of("SECRET", "s3cret")))
        .containsExactly("c.yaml:3: queue.length: ${SECRET} (expected: a whole number >= 0)");
  }

  @Test
  void mayHoldReferencesWithoutBeingUnknown() {
    assertThat(
            warnings(
                minimal() + "queue: {length: \"${CCPROXY_DEPTH}\"}\n",
                Map.of("CCPROXY_DEPTH", "3")))
        .isEmpty();
  }

  private static Settings valid(String text, Map<String, String> environment) {
    Loaded loaded = Texts.parse(text, environment);
    assertThat(loaded).isInstanceOf(Valid.class);
    return ((Valid) loaded).settings();
  }
}
