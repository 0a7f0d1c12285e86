package com.visiquate.ccproxy.config;

import static com.visiquate.ccproxy.config.Texts.minimal;
import static com.visiquate.ccproxy.config.Texts.warnings;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Warnings: what is legal and probably not meant. */
final class DoubtsTest {
  @Test
  void tellsThatOtherMachinesGetIn() {
    assertThat(of(minimal() + "server: {host: 0.0.0.0, without-keys: true}\n"))
        .containsExactly(
            "c.yaml:3: server.host: 0.0.0.0 lets other machines in,"
                + " and ccproxy asks nobody for a key");
    assertThat(of(minimal() + "server: {host: \"::1\"}\n")).isEmpty();
    assertThat(of(minimal() + "server: {host: localhost}\n")).isEmpty();
  }

  @Test
  void tellsThatTwoBackendsAreOneOllama() {
    assertThat(
            of(
                """
                backends:
                  - {id: a, url: "http://localhost:1"}
                  - {id: b, url: "http://localhost:1"}
                models: [{name: m, ollama: m, context: 4096, backends: [a, b]}]
                """))
        .containsExactly("c.yaml:3: backends[1].url: http://localhost:1 is also the url of a");
  }

  @Test
  void tellsThatAnAliasIsNeverReached() {
    assertThat(
            of(
                minimal()
                    + """
                    aliases:
                      "claude-*": m
                      claude-x: m
                      "claude-*-opus*": m
                      "*-claude": m
                      gpt-4: m
                    """))
        .containsExactly(
            "c.yaml:5: aliases.claude-x: never used:"
                + " \"claude-*\" comes first and matches the same names",
            "c.yaml:6: aliases.claude-*-opus*: never used:"
                + " \"claude-*\" comes first and matches the same names");
  }

  @Test
  void tellsThatAnAliasTakesTheNameOfAnotherModel() {
    assertThat(
            of(
                """
                backends: [{id: a, url: "http://localhost:1"}]
                models:
                  - {name: m, ollama: m, context: 4096, backends: [a]}
                  - {name: n, ollama: n, context: 4096, backends: [a]}
                aliases: {m: m, "*": m}
                """))
        .containsExactly(
            "c.yaml:5: aliases.*: takes the name of the model \"n\", which then leads to \"m\"");
  }

  @Test
  void tellsThatABoundIsForAMachineWithoutBackends() {
    assertThat(
            of(
                """
                backends: [{id: a, url: "http://localhost:1", host: studio}]
                hosts: {studio: 2, studoi: 3}
                models:
                  - {name: m, ollama: m, context: 4096, backends: [a]}
                """))
        .containsExactly("c.yaml:2: hosts.studoi: no backend has the host \"studoi\"");
  }

  @Test
  void tellsThatTwoWindowsReloadOneModelAgainAndAgain() {
    assertThat(
            of(
                """
                backends: [{id: a, url: "http://localhost:1"}]
                models:
                  - {name: short, ollama: m, context: 4096, backends: [a]}
                  - {name: long, ollama: m, context: 8192, backends: [a]}
                """))
        .containsExactly(
            "c.yaml:4: models[1].context: 8192 differs from that of short: each change reloads m");
  }

  private static List<String> of(String text) {
    return warnings(text, Map.of());
  }
}
