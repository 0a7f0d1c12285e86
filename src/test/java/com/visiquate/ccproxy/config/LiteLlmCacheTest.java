package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.CachePolicy.Extent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** LiteLLM's words of its cache, where it heeds them and where it does not. */
final class LiteLlmCacheTest {
  private static final String MODEL =
      "model_list: [{model_name: m, litellm_params: {model: ollama/m, num_ctx: 8192}}]\n";
  private static final Map<String, String> NONE = Map.of();

  @TempDir Path folder;

  private static Valid read(String text, Map<String, String> environment) {
    return valid(MODEL + text, environment);
  }

  private static Valid valid(String text, Map<String, String> environment) {
    return switch (Config.parse("c.yaml", text, environment)) {
      case Valid valid -> valid;
      case Invalid invalid -> throw new AssertionError(invalid.problems().toString());
    };
  }

  private static CacheSettings cache(String text, Map<String, String> environment) {
    Valid read = read(text, environment);
    assertThat(valid(read.origin().yaml(), environment).settings()).isEqualTo(read.settings());
    return read.settings().cache();
  }

  private static List<String> warnings(String text) {
    return Texts.warnings(MODEL + text, NONE).stream()
        .filter(warning -> warning.contains("cache"))
        .toList();
  }

  private static List<String> findings(String text) {
    return read(text, NONE).origin().findings().stream()
        .filter(finding -> finding.contains("cache"))
        .toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache: {type: redis, host: localhost, port: 6379, ttl: 300}",
        "litellm_settings: {cache: {type: redis, host: localhost, port: 6379, ttl: 300}}",
        "general_settings: {cache: {type: redis, host: localhost, port: 6379, ttl: 300}}",
        "cache: {enabled: true, type: redis, host: localhost, port: 6379, ttl: 300}",
      })
  void aBlockThatLiteLlmIgnoresIsInForceAndSaysSo(String block) {
    CacheSettings cache = cache(block, NONE);
    assertThat(cache.ttl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(cache.redis()).isEqualTo(new CacheSettings.Redis("redis://localhost:6379", "", ""));
    assertThat(cache.policy().store()).isEqualTo(Extent.CERTAIN);
    assertThat(warnings(block))
        .singleElement()
        .asString()
        .startsWith("c.yaml:2: ")
        .endsWith(
            "cache: LiteLLM ignores it here; now kept are embeddings and, without tools, answers at"
                + " temperature 0 or with a seed");
  }

  @Test
  void whatLiteLlmKeptIsKeptAndNothingIsDoubtful() {
    String text =
        """
        litellm_settings:
          cache: true
          cache_params:
            type: redis
            host: redis.local
            port: 6380
            ttl: 600
            namespace: litellm
            max_connections: 100
            supported_call_types: [acompletion, aembedding]
        """;
    assertThat(cache(text, NONE).redis().address()).isEqualTo("redis://redis.local:6380");
    assertThat(cache(text, NONE).policy().store()).isEqualTo(Extent.CERTAIN);
    assertThat(warnings(text)).isEmpty();
    assertThat(findings(text))
        .containsExactly(
            "c.yaml:3: litellm_settings.cache: used: cache: kept are embeddings and, without tools,"
                + " answers at temperature 0 or with a seed; cache.store: all would keep all",
            "c.yaml:5: litellm_settings.cache_params.type: used: cache.redis",
            "c.yaml:6: litellm_settings.cache_params.host: used: cache.redis",
            "c.yaml:7: litellm_settings.cache_params.port: used: cache.redis",
            "c.yaml:8: litellm_settings.cache_params.ttl: used: cache.ttl",
            "c.yaml:9: litellm_settings.cache_params.namespace: without effect:"
                + " entries begin with ccproxy:answer: and share a Redis with others",
            "c.yaml:10: litellm_settings.cache_params.max_connections: without effect:"
                + " few connections do, and nobody waits for a Redis for longer than 20 ms",
            "c.yaml:11: litellm_settings.cache_params.supported_call_types:"
                + " used: cache.store and cache.routes");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: redis, host: h}| redis://h:6379",
        "{host: h}| redis://h:6379",
        "{type: valkey, host: h, db: 2}| redis://h:6379/2",
        "{type: redis, host: h, port: '7000', ssl: true}| rediss://h:7000",
        "{type: redis, host: h, password: 'p@/ ss'}| redis://:p%40%2F+ss@h:6379",
        "{type: redis, host: h, username: u, password: p}| redis://u:p@h:6379",
        "{type: redis, host: h, password: os.environ/SECRET}| redis://:s%3Ae@h:6379",
        "{type: redis, host: os.environ/WHERE}| redis://studio:6379",
        "{type: redis, url: 'rediss://u:p@h:1/3'}| rediss://u:p@h:1/3",
        "{type: redis, redis_url: 'redis://h:1'}| redis://h:1",
        "{type: local, host: h}| ''",
        "{type: redis}| ''",
        "{}| ''",
      })
  void namesTheRedisAsItsParametersDo(String params, String address) {
    String text = "litellm_settings: {cache: true, cache_params: %s}".formatted(params);
    CacheSettings cache = cache(text, Map.of("SECRET", "s:e", "WHERE", "studio"));
    assertThat(cache.redis().address()).isEqualTo(address);
    assertThat(cache.isOn()).isTrue();
    // LiteLLM's own, where none is written.
    assertThat(cache.ttl()).isEqualTo(Duration.ofSeconds(address.isEmpty() ? 600 : 60));
  }

  @Test
  void takesLiteLlmsOwnVariablesWhereNothingIsWritten() {
    Map<String, String> environment =
        Map.of("REDIS_HOST", "h", "REDIS_PORT", "1", "REDIS_PASSWORD", "p", "REDIS_SSL", "True");
    String on = "litellm_settings: {cache: true}";
    assertThat(cache(on, environment).redis().address()).isEqualTo("rediss://:p@h:1");
    assertThat(read(on, environment).origin().yaml())
        .contains("${REDIS_HOST}", "${REDIS_PASSWORD}")
        .doesNotContain("rediss://h");
    String url = "redis://u:p@h:2";
    assertThat(cache(on, Map.of("REDIS_URL", url)).redis().address()).isEqualTo(url);
    assertThat(cache(on + "\n", NONE).redis().isThere()).isFalse();
  }

  @Test
  void neverTellsAPassword() {
    CacheSettings cache = cache("cache: {type: redis, host: h, password: hidden, ssl: true}", NONE);
    assertThat(cache.toString()).contains("rediss://h:6379").doesNotContain("hidden");
    assertThat(new CacheSettings.Redis("redis://u:hidden@h", "hidden", "").shown())
        .isEqualTo("redis://h");
  }

  @Test
  void believesTheCertificatesThatItNames() throws Exception {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "-");
    String text = "cache: {type: redis, host: h, ssl: true, ssl_ca_certs: '%s'}".formatted(ca);
    assertThat(cache(text, NONE).redis().ca()).isEqualTo(ca.toString());
    assertThat(Texts.problems(MODEL + text.replace("ca.pem", "none.pem"), NONE))
        .singleElement()
        .asString()
        .contains("redis-ca", "a file with certificates in PEM");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "mode: default_off| wished| 0",
        "mode: default_on| certain| 0",
        "'supported_call_types: [aembedding, embedding]'| wished| 3",
        "'supported_call_types: [acompletion]'| certain| 0",
        "'supported_call_types: [aresponses, anthropic_messages]'| certain| 0",
        "'supported_call_types: [atranscription]'| wished| 0",
      })
  void keepsAnswersOfTheSameKinds(String param, String store, int routes) {
    CacheSettings cache =
        cache("litellm_settings: {cache: true, cache_params: {%s}}".formatted(param), NONE);
    assertThat(cache.policy().store()).hasToString(store.toUpperCase(java.util.Locale.ROOT));
    assertThat(cache.policy().routes()).hasSize(routes);
  }

  @ParameterizedTest
  @CsvSource({
    "s3",
    "gcs",
    "disk",
    "azure-blob",
    "redis-semantic",
    "valkey-semantic",
    "qdrant-semantic"
  })
  void saysWhatItDoesInPlaceOfOtherTypes(String type) {
    String text = "litellm_settings: {cache: true, cache_params: {type: %s}}".formatted(type);
    assertThat(cache(text, NONE).redis().isThere()).isFalse();
    assertThat(warnings(text))
        .singleElement()
        .asString()
        .startsWith("c.yaml:2: litellm_settings.cache_params.type: " + type)
        .contains("in this process alone")
        .endsWith("type: redis with its host shares them")
        .satisfies(
            warning ->
                assertThat(warning.contains("equal requests only"))
                    .isEqualTo(type.contains("semantic")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache: {type: redis, redis_startup_nodes: [{host: h, port: 1}]}| name its host and port",
        "cache: {type: redis, service_name: x, sentinel_nodes: [[h, 1]]}| name its host and port",
        "cache: {type: redis}| name the host of the Redis, or set REDIS_HOST",
        "cache: {type: redis, host: h, tll: 5}| did you mean \"ttl\"",
      })
  void namesTheCureWhereItCannotDoAsWritten(String text, String cure) {
    assertThat(warnings(text)).anySatisfy(warning -> assertThat(warning).contains(cure));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "litellm_settings: {cache: false, cache_params: {type: redis, host: h}}",
        "litellm_settings: {cache_params: {type: redis, host: h}}",
        "litellm_settings: {cache: false}",
        "cache: {enabled: false, type: redis, host: h}",
        "cache_params: {type: redis, host: h}",
        "general_settings: {x: 1}",
      })
  void whatWasOffStaysOff(String text) {
    assertThat(cache(text, NONE)).isEqualTo(CacheSettings.DEFAULT);
    assertThat(warnings(text)).isEmpty();
  }

  @Test
  void saysWhichOfTwoItTakes() {
    String text =
        """
        cache: {type: redis, host: other}
        litellm_settings: {cache: true, cache_params: {type: local}}
        """;
    assertThat(cache(text, NONE).redis().isThere()).isFalse();
    assertThat(findings(text))
        .contains("c.yaml:2: cache: without effect: litellm_settings.cache goes before it");
    assertThat(findings("litellm_settings: {cache_params: {type: redis, host: h}}"))
        .containsExactly(
            "c.yaml:2: litellm_settings.cache_params: without effect:"
                + " without litellm_settings.cache: true nothing is kept");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cache: {type: redis, host: h, ttl: soon}| cache.ttl: soon (expected: a number)",
        "cache: {type: local, mode: never}| cache.mode: never (expected: default_on or"
            + " default_off)",
        "litellm_settings: {cache: maybe}| litellm_settings.cache: maybe (expected: true or false)",
      })
  void namesFileLinePathAndCure(String text, String problem) {
    assertThat(Texts.problems(MODEL + text, NONE)).containsExactly("c.yaml:2: " + problem);
  }
}
