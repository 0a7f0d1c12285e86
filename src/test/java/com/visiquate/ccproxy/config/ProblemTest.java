package com.visiquate.ccproxy.config;

import static com.visiquate.ccproxy.config.Texts.minimal;
import static com.visiquate.ccproxy.config.Texts.problems;
import static com.visiquate.ccproxy.config.Texts.with;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Invalid;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The words in which an operator learns what is wrong. */
final class ProblemTest {
  @Test
  void namesFileLinePathValueAndExpectation() {
    String text =
        """
        models: [{name: m, ollama: m, context: 4096, backends: [fast-1]}]
        backends:
          - id: fast-1
            url: http://127.0.0.1:11434
          - id: fast-2
            url: http://127.0.0.1:11435
            slots: 0
        """;

    assertThat(Config.parse("conf/ccproxy.yaml", text, Map.of()))
        .isInstanceOfSatisfying(
            Invalid.class,
            invalid -> {
              Problem problem = invalid.problems().getFirst();
              assertThat(problem)
                  .hasToString(
                      "conf/ccproxy.yaml:7: backends[1].slots: 0 (expected: a whole number >= 1)");
              assertThat(problem.line()).isEqualTo(7);
              assertThat(problem.column()).isEqualTo(12);
            });
  }

  @Test
  void tellsEverythingAtOnceInTheOrderOfTheFile() {
    assertThat(
            problems(
                """
                server: {port: 65536, hosst: x}
                backends:
                  - {id: a, url: "localhost:1"}
                  - {id: "b b", url: "http://localhost:2", weight: 0, ghosts: sometimes}
                models:
                  - {name: m, ollama: m, context: 3, backends: [a, c]}
                  - {ollama: n, context: 4, backends: []}
                aliasses: {x: m}
                routing: {strategy: best, patience: -1, residency: 5}
                queue: {wait: 0s}
                limits: {connect: soon}
                logging: {level: LOUD, access: yes, max-size: 5MB}
                """))
        .containsExactly(
            "c.yaml:1: server.port: 65536 (expected: 0 to 65535)",
            "c.yaml:1: server: unknown key \"hosst\" (did you mean \"host\"?)",
            "c.yaml:3: backends[0].url: localhost:1 (expected: http://host:port)",
            "c.yaml:4: backends[1].id: b b (expected: letters, digits, '.', '_', '-')",
            "c.yaml:4: backends[1].weight: 0 (expected: > 0)",
            "c.yaml:4: backends[1].ghosts: sometimes (expected: auto, finishes or stops)",
            "c.yaml:6: models[0].context: 3 (expected: a whole number >= 4)",
            "c.yaml:6: models[0].backends[1]: unknown backend \"c\" (expected: a)",
            "c.yaml:7: models[1].name: missing (expected: a name)",
            "c.yaml:7: models[1].backends: missing (expected: at least one backend)",
            "c.yaml:8: unknown key \"aliasses\" (did you mean \"aliases\"?)",
            "c.yaml:9: routing.strategy: best"
                + " (expected: least-busy, least-requests, round-robin or shuffle)",
            "c.yaml:9: routing.patience: -1 (expected: >= 0)",
            "c.yaml:9: routing.residency: 5"
                + " (expected: a duration such as 250ms, 300s, 5m or 1h)",
            "c.yaml:10: queue.wait: 0s"
                + " (expected: a duration > 0s, such as 250ms, 300s, 5m or 1h)",
            "c.yaml:11: limits.connect: soon"
                + " (expected: a duration > 0s, such as 250ms, 300s, 5m or 1h)",
            "c.yaml:12: logging.level: LOUD (expected: TRACE, DEBUG, INFO, WARN or ERROR)",
            "c.yaml:12: logging.access: yes (expected: true or false)",
            "c.yaml:12: logging.max-size: 5MB"
                + " (expected: a size from 64KiB to 10GiB, such as 64KiB or 32MiB)");
  }

  @Test
  void suggestsTheModelThatAnAliasProbablyMeans() {
    String models =
        """
        models: [{name: qwen-fast, ollama: q, context: 4096, backends: [fast]}]
        aliases: {coding: qwen-fsat, other: llama}
        """;

    assertThat(problems(with(models)))
        .containsExactly(
            "c.yaml:3: aliases.coding: unknown model \"qwen-fsat\" (did you mean \"qwen-fast\"?)",
            "c.yaml:3: aliases.other: unknown model \"llama\" (expected: qwen-fast)");
  }

  @Test
  void namesTheFirstUseOfAnIdThatComesTwice() {
    String twice =
        """
        backends:
          - {id: a, url: "http://localhost:1"}
          - {id: a, url: "http://localhost:2"}
        models:
          - {name: m, ollama: m, context: 4096, backends: [a]}
          - {name: m, ollama: n, context: 4096, backends: [a]}
        """;

    assertThat(problems(twice))
        .containsExactly(
            "c.yaml:3: backends[1].id: a (expected: another name; line 2 has this one)",
            "c.yaml:6: models[1].name: m (expected: another name; line 5 has this one)");
  }

  @Test
  void refusesAKeyThatComesTwice() {
    assertThat(problems(minimal() + "queue: {length: 1}\nqueue: {length: 2}\n"))
        .containsExactly("c.yaml:4: duplicate key \"queue\", also in line 3");
  }

  @Test
  void refusesAWindowInTheOptions() {
    String model =
        "models: [{name: m, ollama: m, context: 4096, backends: [fast],"
            + " options: {num_ctx: 8192}}]\n";

    assertThat(problems(with(model)))
        .containsExactly(
            "c.yaml:2: models[0].options.num_ctx: 8192"
                + " (expected: no num_ctx here: the model's context says it)");
  }

  @Test
  void wantsABackendAndAModel() {
    assertThat(problems("# nothing yet\n"))
        .containsExactly(
            "c.yaml: backends: missing (expected: at least one backend)",
            "c.yaml: models: missing (expected: at least one model)");
  }

  @Test
  void saysWhatStandsWhereSomethingElseBelongs() {
    assertThat(problems(minimal() + "server: [1]\nqueue: long\naliases: {a: [m]}\n"))
        .containsExactly(
            "c.yaml:3: server: a list (expected: a section of keys and values)",
            "c.yaml:4: queue: long (expected: a section of keys and values)",
            "c.yaml:5: aliases.a[0]: m (expected: a section of keys and values)");
    assertThat(problems("just a sentence\n"))
        .containsExactly("c.yaml:1: just a sentence (expected: a section of keys and values)");
  }

  @Test
  void saysWhereYamlIsBroken() {
    assertThat(problems("server:\n  port: 1\n bad: 2\n"))
        .singleElement()
        .asString()
        .startsWith("c.yaml:3: YAML syntax error: ")
        .endsWith(", column 2");
  }

  @Test
  void refusesASecondDocument() {
    assertThat(problems(minimal() + "---\na: 1\n"))
        .singleElement()
        .asString()
        .startsWith("c.yaml:3: YAML syntax error: ");
  }

  @Test
  void makesNoJavaObjects() {
    assertThat(problems(minimal() + "server: {host: !!java.net.URL [\"http://x\"]}\n"))
        .singleElement()
        .asString()
        .startsWith("c.yaml:3: YAML syntax error: Global tag is not allowed");
    assertThat(problems(minimal() + "server: {host: !secret localhost}\n"))
        .containsExactly("c.yaml:3: tag !secret (expected: a value without a tag)");
  }

  @Test
  void isNotBlownUpByReferences() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x]\n");
    for (int i = 1; i < 80; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }

    assertThat(problems(bomb.toString())).hasSize(1);
    assertThat(problems("backends: &b [*b]\nmodels: &m {x: *m}\n")).isNotEmpty();
  }
}
