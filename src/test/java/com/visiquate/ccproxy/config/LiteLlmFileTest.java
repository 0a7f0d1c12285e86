package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.config.Loaded.Invalid;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendSpec;
import com.visiquate.ccproxy.fleet.Fallbacks;
import com.visiquate.ccproxy.fleet.Limits;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.Strategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A configuration of LiteLLM, read as it is. */
final class LiteLlmFileTest {
  private static final Path DEPLOYED = Path.of("src/test/resources/litellm/deployed.yaml");
  private static final Path RICH = Path.of("src/test/resources/litellm/rich.yaml");
  private static final Path FALLBACKS = Path.of("src/test/resources/litellm/fallbacks.yaml");
  private static final Map<String, String> NONE = Map.of();
  @TempDir Path folder;

  @Test
  void readsTheDeployedFile() {
    Settings settings = valid(Texts.read(DEPLOYED), NONE).settings();

    assertThat(settings.server().host()).isEqualTo("127.0.0.1");
    assertThat(settings.server().port()).isEqualTo(8081);
    assertThat(settings.plan().limits().total()).isEqualTo(Duration.ZERO);
    assertThat(settings.plan().limits().betweenTokens()).isEqualTo(Duration.ofSeconds(300));
    assertThat(settings.plan().routing().strategy()).isEqualTo(Strategy.SHUFFLE);
    assertThat(settings.plan().backends())
        .singleElement()
        .satisfies(
            backend -> {
              assertThat(backend.url()).hasToString("http://localhost:11434");
              assertThat(backend.slots()).isEqualTo(1);
            });
    assertThat(settings.plan().catalogue().models())
        .singleElement()
        .satisfies(model -> assertThat(model.ollama()).isEqualTo("llama2"));
  }

  @Test
  void servesTheNamesOfTheDeployedFileAndNoOthers() {
    Settings settings = valid(Texts.read(DEPLOYED), NONE).settings();

    assertThat(settings.plan().catalogue().names())
        .containsExactlyInAnyOrder("claude-3-5-sonnet", "gpt-4", "ollama/llama2");
    assertThat(settings.plan().catalogue().find("llama2")).isEmpty();
  }

  @Test
  void tellsTheTruthAboutEachKeyOfTheDeployedFile() {
    // Elsewhere than on its own machine: there the folder of its log is there.
    String text = Texts.read(DEPLOYED).replace("/Users/coder", "/nobody");

    assertThat(valid(text, NONE).origin().findings())
        .containsExactly(
            "c.yaml:16: general_settings.litellm_settings.drop_params: without effect:"
                + " LiteLLM knows it as litellm_settings.drop_params only",
            "c.yaml:17: general_settings.litellm_settings.set_verbose: without effect:"
                + " LiteLLM knows it as litellm_settings.set_verbose only",
            "c.yaml:21: server.host: used: server.host",
            "c.yaml:22: server.port: used: server.port",
            "c.yaml:30: model_list[0].model_name: used: a name that clients may use",
            "c.yaml:32: model_list[0].litellm_params.model: used: models[].ollama",
            "c.yaml:33: model_list[0].litellm_params.api_base: used: backends[].url",
            "c.yaml:34: model_list[0].litellm_params.stream: without effect:"
                + " each request says whether it streams",
            "c.yaml:36: model_list[1].model_name: used: a name that clients may use",
            "c.yaml:38: model_list[1].litellm_params.model: used: models[].ollama",
            "c.yaml:39: model_list[1].litellm_params.api_base: used: backends[].url",
            "c.yaml:40: model_list[1].litellm_params.stream: without effect:"
                + " each request says whether it streams",
            "c.yaml:42: model_list[2].model_name: used: a name that clients may use",
            "c.yaml:44: model_list[2].litellm_params.model: used: models[].ollama",
            "c.yaml:45: model_list[2].litellm_params.api_base: used: backends[].url",
            "c.yaml:46: model_list[2].litellm_params.stream: without effect:"
                + " each request says whether it streams",
            "c.yaml:58: logging.log_file: without effect:"
                + " there is no folder /nobody/ccproxy/logs; the log goes to stdout",
            "c.yaml:59: logging.log_level: used: logging.level",
            "c.yaml:62: logging.request_log: used: logging.access",
            "c.yaml:63: logging.response_log: without effect:"
                + " prompts and answers are never logged",
            "c.yaml:68: router_settings.timeout: used: queue.wait and limits.between-tokens;"
                + " prompts and whole answers take their time",
            "c.yaml:71: router_settings.num_retries: without effect: a request is tried once on"
                + " each backend, and never again after its first byte",
            "c.yaml:74: router_settings.routing_strategy: used: routing.strategy: shuffle;"
                + " least-busy would make use of Ollama's prompt caches");
  }

  @Test
  void writesTheLogWhereItsFolderIs() {
    String text = Texts.read(DEPLOYED).replace("/Users/coder/ccproxy/logs", folder.toString());
    Valid read = valid(text, NONE);

    assertThat(read.settings().logging().file()).isEqualTo(folder + "/litellm.log");
    assertThat(read.origin().findings())
        .contains("c.yaml:58: logging.log_file: used: logging.file");
  }

  @ParameterizedTest
  @ValueSource(strings = {"deployed", "rich"})
  void printsANativeFileThatMeansTheSame(String name) {
    String text = Texts.read(DEPLOYED.resolveSibling(name + ".yaml"));
    Map<String, String> environment = Map.of("QUALITY_BASE", "http://studio:11436");
    Valid read = valid(text, environment);

    assertThat(read.origin().yaml()).doesNotContain("model_list");
    assertThat(valid(read.origin().yaml(), environment).settings()).isEqualTo(read.settings());
  }

  @Test
  void translatesFallbacks() {
    Valid read = valid(Texts.read(FALLBACKS), NONE);

    assertThat(read.origin().yaml())
        .isEqualTo(Texts.read(FALLBACKS.resolveSibling("fallbacks-native.yaml")));
    assertThat(valid(read.origin().yaml(), NONE).settings()).isEqualTo(read.settings());
    assertThat(model(read.settings(), "claude-3-5-sonnet").fallbacks())
        .isEqualTo(new Fallbacks(names("quality", "long"), names("quality", "long")));
    assertThat(model(read.settings(), "quality").fallbacks().others())
        .isEqualTo(names("claude-3-5-sonnet"));
    assertThat(model(read.settings(), "long").fallbacks())
        .isEqualTo(new Fallbacks(names("quality"), List.of()));
  }

  @Test
  void tellsTheTruthAboutFallbacks() {
    assertThat(valid(Texts.read(FALLBACKS), NONE).origin().findings())
        .filteredOn(finding -> finding.contains("fallbacks"))
        .containsExactly(
            "c.yaml:30: router_settings.fallbacks[0].claude-3-5-sonnet:"
                + " used: models[].fallbacks of claude-3-5-sonnet",
            "c.yaml:31: router_settings.fallbacks[1].quality: used: models[].fallbacks of quality",
            "c.yaml:32: router_settings.fallbacks[2].gpt-4: without effect:"
                + " all names of one model share its fallbacks, and line 30 says them",
            "c.yaml:33: router_settings.context_window_fallbacks[0].gpt-4:"
                + " used: models[].context-fallbacks of claude-3-5-sonnet",
            "c.yaml:34: router_settings.content_policy_fallbacks[0].gpt-4: without effect:"
                + " Ollama refuses no prompt for what it says",
            "c.yaml:35: router_settings.max_fallbacks: without effect:"
                + " each model of a list is asked at most once",
            "c.yaml:39: litellm_settings.fallbacks: without effect:"
                + " router_settings.fallbacks goes before it",
            "c.yaml:40: litellm_settings.default_fallbacks:"
                + " used: models[].fallbacks of each model without its own");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fallbacks: [{m: [m]}]| router_settings.fallbacks[0].m: without effect:"
            + " no model gets another one by it",
        "fallbacks: [{'*': [m]}]| router_settings.fallbacks[0].*: without effect:"
            + " no model gets another one by it",
        "fallbacks: []| router_settings.fallbacks: without effect: it names no model",
        "default_fallbacks: [m]| router_settings.default_fallbacks: without effect:"
            + " no model gets another one by it",
      })
  void saysWhenAFallbackIsNone(String settings, String finding) {
    String text = one("model: ollama/m") + "router_settings: {" + settings + "}";

    assertThat(valid(text, NONE).origin().findings()).contains("c.yaml:2: " + finding);
  }

  @Test
  void printsANativeFileAsItIs() {
    assertThat(valid(Texts.shipped(), NONE).origin())
        .isEqualTo(new Origin(Texts.shipped(), List.of()));
  }

  @Test
  void makesOneModelOfSeveralEntriesOfOneName() {
    Settings settings = rich().settings();

    assertThat(settings.plan().backends())
        .extracting(BackendSpec::id)
        .extracting(BackendId::value)
        .containsExactly("ollama-11434", "ollama-11435", "studio-11436");
    ModelSpec fast = model(settings, "fast");
    assertThat(fast.ollama()).isEqualTo("qwen2.5-coder:7b-instruct");
    assertThat(fast.context()).isEqualTo(32_768);
    assertThat(fast.backends())
        .extracting(BackendId::value)
        .containsExactly("ollama-11434", "ollama-11435");
    assertThat(fast.keepAlive()).isEqualTo("-1");
    assertThat(fast.options())
        .isEqualTo(Map.of("temperature", 0.2, "num_predict", 2048, "stop", List.of("<|im_end|>")));
  }

  @Test
  void takesSlotsAndWeightsOfTheEntries() {
    List<BackendSpec> backends = rich().settings().plan().backends();

    assertThat(backends).extracting(BackendSpec::slots).containsExactly(4, 2, 1);
    assertThat(backends).extracting(BackendSpec::weight).containsExactly(1.0, 2.5, 1.0);
  }

  @Test
  void readsMergedKeysAndVariables() {
    Settings settings = rich().settings();

    ModelSpec quality = model(settings, "quality");
    assertThat(quality.ollama()).isEqualTo("qwen2.5-coder:32b-instruct");
    assertThat(settings.plan().backends().getLast().url()).hasToString("http://studio:11436");
    assertThat(rich().origin().yaml()).contains("${QUALITY_BASE}").doesNotContain("studio:");
  }

  @Test
  void putsPatternsBehindNamesAndLongOnesFirst() {
    assertThat(rich().settings().plan().catalogue().aliases())
        .extracting(Alias::pattern)
        .containsExactly("gpt-4", "claude-*-haiku", "claude-*", "coding", "architecture");
    assertThat(rich().settings().plan().catalogue().find("claude-3-haiku"))
        .hasValueSatisfying(
            match -> assertThat(match.model().name()).isEqualTo(new ModelName("fast")));
  }

  @Test
  void readsTheRestOfARichFile() {
    Settings settings = rich().settings();

    assertThat(settings.plan().routing().strategy()).isEqualTo(Strategy.LEAST_BUSY);
    assertThat(settings.plan().limits().firstToken()).isEqualTo(Duration.ofMillis(1500));
    assertThat(settings.plan().limits().betweenTokens()).isEqualTo(Duration.ofSeconds(900));
    assertThat(settings.plan().queue().of(Priority.NORMAL).longestWait())
        .isEqualTo(Duration.ofSeconds(900));
    assertThat(settings.server().bodyLimit()).isEqualTo(8L << 20);
    assertThat(settings.logging().level()).isEqualTo("DEBUG");
    assertThat(settings.logging().format()).isEqualTo("json");
  }

  @Test
  void boundsSilenceAndWaitingAsUsualWhenNothingIsSaid() {
    assertThat(valid(one("model: ollama/m"), NONE).settings().plan().limits())
        .isEqualTo(Limits.DEFAULT);
  }

  @Test
  void takesTheUsualOllamaWhenNoneIsNamed() {
    String text = one("model: ollama_chat/m");

    assertThat(url(text, NONE)).isEqualTo("http://localhost:11434");
    assertThat(url(text, Map.of("OLLAMA_API_BASE", "http://10.0.0.7:80/")))
        .isEqualTo("http://10.0.0.7:80/");
    String block = "environment_variables: {OLLAMA_API_BASE: \"http://10.0.0.8:1\", X: y}\n";
    assertThat(url(text + block, NONE)).isEqualTo("http://10.0.0.8:1");
    assertThat(valid(text + block, NONE).origin().findings())
        .contains(
            "c.yaml:2: environment_variables.OLLAMA_API_BASE: used:"
                + " when the environment has no OLLAMA_API_BASE",
            "c.yaml:2: environment_variables.X: without effect: nothing here refers to it");
  }

  @Test
  void treatsAMissingVariableAsNotWrittenAndSaysSo() {
    String text = one("model: ollama/m, api_base: os.environ/NOWHERE");

    assertThat(url(text, NONE)).isEqualTo("http://localhost:11434");
    assertThat(Texts.warnings(text, NONE))
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .isEqualTo(
                        "c.yaml:1: model_list[0].litellm_params.api_base: the environment has no"
                            + " variable NOWHERE, so this is as if it were not written"));
  }

  @Test
  void takesTheWindowFromOllamasOwnVariable() {
    Map<String, String> environment = Map.of("OLLAMA_CONTEXT_LENGTH", "65536");
    Valid read = valid(one("model: ollama/m"), environment);

    assertThat(model(read.settings(), "m").context()).isEqualTo(65_536);
    assertThat(model(valid(one("model: ollama/m"), NONE).settings(), "m").context())
        .isEqualTo(4_096);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model: openai/gpt-4o| litellm_params.model: openai/gpt-4o (expected: ollama_chat/NAME or"
            + " ollama/NAME, because ccproxy serves Ollama only)",
        "model: ollama/q*| litellm_params.model: ollama/q* (expected: the name of one model that"
            + " Ollama has, such as ollama_chat/qwen3:8b)",
        "model: ollama/*, api_base: 'http://127.0.0.1:9'| litellm_params.model: ollama/* (expected:"
            + " the name of one model that Ollama has, such as ollama_chat/qwen3:8b; no Ollama at"
            + " api_base says which it has)",
        "model: ollama/m, api_base: https://x| litellm_params.api_base: https://x"
            + " (expected: http://host:port of an Ollama, without a path)",
        "model: ollama/m, num_ctx: big| litellm_params.num_ctx: big (expected: a number)",
        "model: ollama/m, num_ctx: 2| litellm_params.num_ctx: 2"
            + " (expected: a whole number >= 4)",
        "model: ollama/m, weight: 0| litellm_params.weight: 0"
            + " (expected: > 0; to use a backend no more, take its entry away)",
        "api_base: 'http://x:1'| litellm_params.model: missing (expected: a value)",
      })
  void namesFileLinePathAndCure(String params, String problem) {
    assertThat(Texts.problems(one(params))).containsExactly("c.yaml:1: model_list[0]." + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "router_settings: {timeout: soon}| router_settings.timeout: soon (expected: a number)",
        "router_settings: {timeout: 0}| router_settings.timeout: 0 (expected: seconds > 0)",
        "router_settings: {routing_strategy: best}| router_settings.routing_strategy: best"
            + " (expected: cost-based-routing, latency-based-routing, least-busy, simple-shuffle,"
            + " usage-based-routing, usage-based-routing-v2)",
        "router_settings: 5| router_settings: 5 (expected: a section of keys and values)",
        "server: {port: 99999}| server.port: 99999 (expected: 0 to 65535)",
        "logging: {log_level: LOUD}| logging.log_level: LOUD"
            + " (expected: DEBUG, INFO, WARNING, ERROR or CRITICAL)",
        "include: [a.yaml]| include: a list (expected: the entries themselves;"
            + " no file is included)",
        "router_settings: {fallbacks: [{m: [n]}]}| router_settings.fallbacks[0].m[0]: unknown model"
            + " \"n\" (expected: a model_name of model_list)",
        "router_settings: {fallbacks: [{m: [mm]}]}| router_settings.fallbacks[0].m[0]: unknown"
            + " model \"mm\" (did you mean \"m\"?)",
        "litellm_settings: {fallbacks: [{nobody: [m]}]}| litellm_settings.fallbacks[0].nobody:"
            + " unknown model \"nobody\" (expected: a model_name of model_list)",
        "router_settings: {default_fallbacks: m}| router_settings.default_fallbacks: m"
            + " (expected: a list)",
        "router_settings: {context_window_fallbacks: [m]}|"
            + " router_settings.context_window_fallbacks[0]: m (expected: a section of keys and"
            + " values)",
        "router_settings: {model_group_alias: {a: nobody}}| aliases.a: unknown model \"nobody\""
            + " (expected: m)",
      })
  void namesWhatIsWrongInTheOtherSections(String section, String problem) {
    assertThat(Texts.problems(one("model: ollama/m") + section))
        .containsExactly("c.yaml:2: " + problem);
  }

  @Test
  void refusesTwoModelsOfOneName() {
    String text =
        """
        model_list:
          - {model_name: a, litellm_params: {model: ollama/x}}
          - {model_name: a, litellm_params: {model: ollama/y}}
        """;

    assertThat(Texts.problems(text))
        .containsExactly(
            "c.yaml:3: model_list[1].litellm_params.model: ollama/y (expected: x, as line 2 has for"
                + " \"a\"; a model of its own needs a model_name of its own)");
  }

  @Test
  void refusesAListWithoutEntries() {
    assertThat(Texts.problems("model_list: []\n")).isNotEmpty();
    assertThat(Texts.problems("model_list:\n")).isNotEmpty();
  }

  @Test
  void namesAnUnknownKeyAndWhatWasMeant() {
    String text = one("model: ollama/m, api_bas: x") + "router_settings: {timeou: 1}\nextra: 1\n";

    assertThat(valid(text, NONE).origin().findings())
        .contains(
            "c.yaml:1: model_list[0].litellm_params.api_bas: unknown: did you mean \"api_base\"?",
            "c.yaml:2: router_settings.timeou: unknown: did you mean \"timeout\"?",
            "c.yaml:3: extra: unknown");
    assertThat(Texts.warnings(text, NONE))
        .contains("c.yaml:2: router_settings.timeou: unknown key (did you mean \"timeout\"?)");
  }

  @Test
  void saysWhereAMisplacedKeyBelongs() {
    String text = one("model: ollama/m") + "general_settings: {routing_strategy: least-busy}\n";

    assertThat(valid(text, NONE).origin().findings())
        .contains(
            "c.yaml:2: general_settings.routing_strategy: without effect:"
                + " LiteLLM knows it as router_settings.routing_strategy only");
  }

  @Test
  void countsTheNamesOfThisMachineAsOne() {
    String text =
        """
        model_list:
          - {model_name: a, litellm_params: {model: ollama/x, api_base: "http://localhost:1"}}
          - {model_name: a, litellm_params: {model: ollama/x, api_base: "http://127.0.0.1:1/"}}
        """;

    assertThat(valid(text, NONE).settings().plan().backends()).hasSize(1);
  }

  @Test
  void isOverriddenByTheEnvironmentAsANativeFileIs() {
    Map<String, String> environment =
        Map.of("CCPROXY_BACKENDS_0_SLOTS", "3", "CCPROXY_SERVER_PORT", "4000");
    Settings settings = valid(Texts.read(DEPLOYED), environment).settings();

    assertThat(settings.plan().backends().getFirst().slots()).isEqualTo(3);
    assertThat(settings.server().port()).isEqualTo(4000);
  }

  private static Valid rich() {
    return valid(Texts.read(RICH), Map.of("QUALITY_BASE", "http://studio:11436"));
  }

  /** One entry with these parameters, in one line. */
  private static String one(String params) {
    return "model_list: [{model_name: m, litellm_params: {%s}}]\n".formatted(params);
  }

  private static String url(String text, Map<String, String> environment) {
    return valid(text, environment).settings().plan().backends().getFirst().url().toString();
  }

  private static List<ModelName> names(String... names) {
    return Stream.of(names).map(ModelName::new).toList();
  }

  private static ModelSpec model(Settings settings, String name) {
    return settings.plan().catalogue().model(new ModelName(name)).orElseThrow();
  }

  private static Valid valid(String text, Map<String, String> environment) {
    return switch (Texts.parse(text, environment)) {
      case Valid valid -> valid;
      case Invalid invalid -> throw new AssertionError(invalid.problems());
    };
  }
}
