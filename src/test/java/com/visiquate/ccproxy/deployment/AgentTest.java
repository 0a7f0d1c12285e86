package com.visiquate.ccproxy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Config;
import com.visiquate.ccproxy.config.Loaded.Valid;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agents of launchd. */
@Tag("deployment")
final class AgentTest {
  private static final int SECONDS_AFTER_DRAIN = 6;
  private static final int SECONDS_TO_SPARE = 4;

  @Test
  void keepsCcproxyRunningWhateverItEndsWith() throws Exception {
    Map<?, ?> agent = read("com.visiquate.ccproxy");

    assertThat(agent.get("Label")).isEqualTo("com.visiquate.ccproxy");
    assertThat(agent.get("RunAtLoad")).isEqualTo(true);
    // A dictionary with SuccessfulExit false would leave it dead after an exit of 0.
    assertThat(agent.get("KeepAlive")).isEqualTo(true);
    assertThat(agent.get("ThrottleInterval")).isEqualTo(10);
  }

  @Test
  void startsTheScriptOfTheCurrentRelease() throws Exception {
    Map<?, ?> agent = read("com.visiquate.ccproxy");

    assertThat(agent.get("ProgramArguments"))
        .isEqualTo(
            List.of("@CCPROXY_HOME@/current/ccproxy", "--config", "@CCPROXY_HOME@/config.yaml"));
    assertThat(agent.get("WorkingDirectory")).isEqualTo("@CCPROXY_HOME@");
    assertThat(agent.get("StandardOutPath")).isEqualTo("@CCPROXY_HOME@/logs/stdout.log");
    assertThat(agent.get("StandardErrorPath")).isEqualTo("@CCPROXY_HOME@/logs/stderr.log");
    assertThat(environment(agent)).containsOnlyKeys("CCPROXY_HOME", "PATH");
  }

  @Test
  void isGivenFilesForASwarmAndKeepsItsOwnForItsUser() throws Exception {
    Map<?, ?> agent = read("com.visiquate.ccproxy");

    assertThat(agent.get("SoftResourceLimits")).isEqualTo(Map.of("NumberOfFiles", 10_240));
    assertThat(agent.get("HardResourceLimits")).isEqualTo(Map.of("NumberOfFiles", 10_240));
    assertThat(agent.get("Umask")).isEqualTo(0077);
  }

  @Test
  void isKilledOnlyAfterItsDrain() throws Exception {
    assertThat(Config.read(Path.of("conf/ccproxy.yaml"), Map.of()))
        .isInstanceOfSatisfying(
            Valid.class,
            valid -> {
              long drain = valid.settings().server().drain().toSeconds();
              assertThat(read("com.visiquate.ccproxy").get("ExitTimeOut"))
                  .isEqualTo((int) drain + SECONDS_AFTER_DRAIN + SECONDS_TO_SPARE);
            });
  }

  @ParameterizedTest
  @CsvSource({"11434, fast-1", "11435, fast-2", "11436, quality"})
  void runsAnOllamaForEachBackendOfTheShippedConfiguration(int port, String backend)
      throws Exception {
    Map<?, ?> agent = read("com.visiquate.ollama-" + port);

    assertThat(agent.get("Label")).isEqualTo("com.visiquate.ollama-" + port);
    assertThat(agent.get("ProgramArguments")).isEqualTo(List.of("@OLLAMA@", "serve"));
    assertThat(agent.get("KeepAlive")).isEqualTo(true);
    assertThat(agent.get("RunAtLoad")).isEqualTo(true);
    assertThat(environment(agent))
        .containsEntry("OLLAMA_HOST", "127.0.0.1:" + port)
        .containsEntry("OLLAMA_NUM_PARALLEL", "1")
        .containsEntry("OLLAMA_MAX_LOADED_MODELS", "1")
        .containsEntry("OLLAMA_KEEP_ALIVE", "-1")
        .containsEntry("OLLAMA_FLASH_ATTENTION", "1")
        .containsEntry("OLLAMA_KV_CACHE_TYPE", "q8_0")
        .containsEntry("OLLAMA_NO_CLOUD", "1");
    assertThat(Config.read(Path.of("conf/ccproxy.yaml"), Map.of()))
        .isInstanceOfSatisfying(
            Valid.class,
            valid ->
                assertThat(valid.settings().plan().backends())
                    .filteredOn(spec -> spec.id().value().equals(backend))
                    .singleElement()
                    .satisfies(
                        spec -> {
                          assertThat(spec.url().toString()).endsWith(":" + port);
                          assertThat(spec.slots()).isEqualTo(1);
                        }));
  }

  private static Map<?, ?> read(String name) {
    try {
      return Plist.read(Sandbox.SCRIPTS.resolve(name + ".plist"));
    } catch (Exception broken) {
      throw new AssertionError(name, broken);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> environment(Map<?, ?> agent) {
    return (Map<String, String>) Objects.requireNonNull(agent.get("EnvironmentVariables"));
  }
}
