package com.visiquate.ccproxy.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The unit of systemd. */
@Tag("deployment")
final class UnitFileTest {
  private final Map<String, List<String>> service = section("Service");

  @Test
  void runsWhatTheAgentOfLaunchdRuns() {
    assertThat(service)
        .containsEntry(
            "ExecStart", List.of("%h/ccproxy/current/ccproxy --config %h/ccproxy/config.yaml"))
        .containsEntry("WorkingDirectory", List.of("%h/ccproxy"))
        .containsEntry("Restart", List.of("always"))
        .containsEntry("RestartSec", List.of("10"))
        .containsEntry("TimeoutStopSec", List.of("40"))
        .containsEntry("LimitNOFILE", List.of("10240"))
        .containsEntry("UMask", List.of("0077"));
    assertThat(service.get("Environment")).contains("CCPROXY_HOME=%h/ccproxy");
  }

  @Test
  void takesAnEndBySignalForAnEnd() {
    assertThat(service).containsEntry("SuccessExitStatus", List.of("130 143"));
    assertThat(section("Install")).containsEntry("WantedBy", List.of("default.target"));
  }

  private static Map<String, List<String>> section(String name) {
    Map<String, List<String>> section = new LinkedHashMap<>();
    boolean within = false;
    for (String line : lines()) {
      if (line.startsWith("[")) {
        within = line.equals("[" + name + "]");
      } else if (within && !line.isBlank() && !line.startsWith("#")) {
        String[] entry = line.split("=", 2);
        section.merge(entry[0], List.of(entry[1]), UnitFileTest::both);
      }
    }
    return section;
  }

  private static List<String> both(List<String> first, List<String> second) {
    return List.of(first.getFirst(), second.getFirst());
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(Sandbox.SCRIPTS.resolve("systemd").resolve("ccproxy.service"));
    } catch (IOException missing) {
      throw new AssertionError(missing);
    }
  }
}
