package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.Quota;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys of clients, and who may listen without any. */
final class KeysTest {
  /** Of "open sesame". */
  private static final String DIGEST =
      "41ef4bb0b23661e66301aac36066912dac037827b4ae63a7b1165a5aa93ed4eb";

  private static final String ELSEWHERE = "server: {host: 0.0.0.0}\n";
  @TempDir Path folder;

  @Test
  void readsEveryKeyOfAKey() {
    String text =
        keys(
            ("{name: a, key: \"sha256:%s\", models: [m], requests-per-minute: 1,"
                    + " tokens-per-minute: 2, concurrency: 3, priority: background}")
                .formatted(DIGEST.toUpperCase(Locale.ROOT)));

    assertThat(Texts.valid(text).plan().keys())
        .containsExactly(
            new AccessKey(
                "a", DIGEST, List.of(new ModelName("m")), new Quota(1, 2, 3), Priority.BACKGROUND));
  }

  @Test
  void readsKeysFromFilesAndVariables() throws IOException {
    Path file = Files.writeString(folder.resolve("k"), "open sesame\n");
    String text = keys("{name: a, key: \"file:%s\"}, {name: b, key: env:SECRET}".formatted(file));
    Loaded loaded = Texts.parse(text, Map.of("SECRET", "open sesame"));

    assertThat(loaded)
        .isInstanceOfSatisfying(
            Loaded.Valid.class,
            valid ->
                assertThat(valid.settings().plan().keys())
                    .extracting(AccessKey::digest)
                    .containsExactly(DIGEST, DIGEST));
  }

  @Test
  void tellsWhereAKeyIsMissingAndNeverItsText() {
    assertThat(Texts.problems(keys("{name: a, key: env:NONE}, {name: a, key: file:/none}")))
        .containsExactly(
            "c.yaml:3: keys[0].key: env:NONE"
                + " (expected: a variable or a file that is there and holds a key)",
            "c.yaml:3: keys[1].name: a (expected: another name; line 3 has this one)",
            "c.yaml:3: keys[1].key: file:/none"
                + " (expected: a variable or a file that is there and holds a key)");
    assertThat(Texts.problems(keys("{name: a, key: env:EMPTY}"), Map.of("EMPTY", " "))).hasSize(1);
    assertThat(Texts.problems(keys("{name: a, key: env:E, models: [n]}"), Map.of("E", "s3cret")))
        .containsExactly("c.yaml:3: keys[0].models[0]: unknown model \"n\" (expected: m)");
  }

  @Test
  void refusesOtherMachinesWithoutKeys() {
    assertThat(Texts.problems(Texts.minimal() + ELSEWHERE))
        .containsExactly(
            "c.yaml:3: server.host: 0.0.0.0 (expected: a loopback address;"
                + " other machines need keys, or server.without-keys: true)");
    assertThat(Texts.problems(Texts.minimal(), Map.of("CCPROXY_SERVER_HOST", "::")))
        .singleElement()
        .asString()
        .startsWith("CCPROXY_SERVER_HOST: server.host: :: (expected: a loopback address");
    assertThat(Texts.problems(keys("{name: a, key: env:K}") + ELSEWHERE, Map.of("K", "k")))
        .isEmpty();
    assertThat(Texts.warnings(keys("{name: a, key: env:K}") + ELSEWHERE, Map.of("K", "k")))
        .isEmpty();
  }

  @Test
  void makesAKeyOfTheMasterKeyOfLiteLlm() {
    String list = "model_list: [{model_name: m, litellm_params: {model: ollama/m}}]\n";
    String general = list + "general_settings: {master_key: %s}\n";

    assertThat(digests(general.formatted("open sesame"), Map.of())).containsExactly(DIGEST);
    assertThat(digests(general.formatted("os.environ/K"), Map.of("K", "open sesame")))
        .containsExactly(DIGEST);
    assertThat(digests(list, Map.of("LITELLM_MASTER_KEY", "open sesame"))).containsExactly(DIGEST);
    assertThat(Texts.problems(general.formatted("os.environ/NONE")))
        .containsExactly(
            "c.yaml:2: general_settings.master_key: os.environ/NONE"
                + " (expected: a key; without one take master_key away)");
  }

  @Test
  void neverPrintsAMasterKey() {
    String text =
        """
        model_list: [{model_name: m, litellm_params: {model: ollama/m}}]
        general_settings: {master_key: open sesame}
        """;

    assertThat(Texts.parse(text, Map.of()))
        .isInstanceOfSatisfying(
            Loaded.Valid.class,
            valid -> {
              assertThat(valid.origin().yaml()).contains("sha256:" + DIGEST);
              assertThat(valid.toString()).doesNotContain("sesame");
              assertThat(Texts.valid(valid.origin().yaml())).isEqualTo(valid.settings());
            });
  }

  private static List<String> digests(String text, Map<String, String> environment) {
    return Texts.parse(text, environment) instanceof Loaded.Valid valid
        ? valid.settings().plan().keys().stream().map(AccessKey::digest).toList()
        : List.of();
  }

  private static String keys(String entries) {
    return Texts.minimal() + "keys: [" + entries + "]\n";
  }
}
