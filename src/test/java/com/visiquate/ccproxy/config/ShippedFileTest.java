package com.visiquate.ccproxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.visiquate.ccproxy.config.Loaded.Valid;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import io.vertx.config.yaml.YamlProcessor;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Holds conf/ccproxy.yaml, conf/ccproxy.schema.json and the reader together. */
final class ShippedFileTest {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  private final String schemaText = Texts.read(Path.of("conf/ccproxy.schema.json"));
  private final JsonSchema schema =
      JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schemaText);

  @Test
  void isReadWithoutAProblemOrADoubt() {
    assertThat(Config.read(Texts.SHIPPED, Map.of()))
        .isInstanceOfSatisfying(Valid.class, valid -> assertThat(valid.warnings()).isEmpty());
  }

  @Test
  void meansTheSameToVertxConfig() throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      JsonObject read =
          new YamlProcessor()
              .process(vertx, new JsonObject(), Buffer.buffer(Texts.shipped()))
              .toCompletionStage()
              .toCompletableFuture()
              .get(10, TimeUnit.SECONDS);
      JsonNode ours = YAML.readTree(Texts.shipped());

      assertThat(YAML.readTree(read.encode())).isEqualTo(ours);
      assertThat(read.getJsonArray("backends").size())
          .isEqualTo(Texts.valid(Texts.shipped()).plan().backends().size());
    } finally {
      vertx.close();
    }
  }

  @Test
  void leadsEachNameToItsModel() {
    Settings settings = Texts.valid(Texts.shipped());

    assertThat(settings.plan().modelsOn(new BackendId("fast-2")))
        .singleElement()
        .satisfies(model -> assertThat(model.context()).isEqualTo(32_768));
    Map<String, String> expected =
        Map.of(
            "coding", "qwen-fast",
            "architecture", "qwen-quality",
            "gpt-4", "qwen-fast",
            "claude-haiku-4-5-20251001", "qwen-fast",
            "claude-sonnet-5", "qwen-fast",
            "claude-3-5-sonnet", "qwen-fast",
            "claude-opus-4-1", "qwen-quality",
            "ollama/qwen-fast", "qwen-fast",
            "qwen-quality", "qwen-quality");
    expected.forEach(
        (name, model) ->
            assertThat(settings.plan().catalogue().find(name))
                .as(name)
                .hasValueSatisfying(
                    match -> assertThat(match.model().name()).isEqualTo(new ModelName(model))));
  }

  @Test
  void isTheSameWithEveryDefaultWrittenOut() {
    Settings shipped = Texts.valid(Texts.shipped());
    Settings written = Texts.valid(everything());

    assertThat(written.server()).isEqualTo(shipped.server()).isEqualTo(ServerSettings.DEFAULT);
    assertThat(written.logging()).isEqualTo(shipped.logging()).isEqualTo(LogSettings.DEFAULT);
    assertThat(written.records())
        .isEqualTo(shipped.records())
        .isEqualTo(RecordsSettings.OFF.inFile("records.db"));
    assertThat(written.alerts().rules()).isEqualTo(AlertSettings.DEFAULT.rules());
    assertThat(written.alerts().isOn()).isEqualTo(shipped.alerts().isOn()).isFalse();
    assertThat(written.plan().backends()).isEqualTo(shipped.plan().backends());
    assertThat(written.plan().catalogue().models()).isEqualTo(shipped.plan().catalogue().models());
    assertThat(written.plan().routing()).isEqualTo(shipped.plan().routing());
    assertThat(written.plan().queue()).isEqualTo(shipped.plan().queue());
    assertThat(written.plan().priorities()).isEqualTo(shipped.plan().priorities());
    assertThat(written.plan().limits()).isEqualTo(shipped.plan().limits());
    assertThat(written.plan().waiting()).isEqualTo(shipped.plan().waiting());
  }

  @Test
  void showsEveryKeyThatTheReaderKnows() throws Exception {
    Set<String> shown = new TreeSet<>();
    collect("", YAML.readTree(everything()), shown);

    assertThat(shown).containsAll(readerKeys().keySet());
  }

  @Test
  void hasASchemaThatAcceptsIt() throws Exception {
    assertThat(schema.validate(YAML.readTree(Texts.shipped()))).isEmpty();
    assertThat(schema.validate(YAML.readTree(everything()))).isEmpty();
    assertThat(schema.validate(YAML.readTree(Texts.smallest()))).isEmpty();
  }

  @Test
  void hasASchemaWithTheKeysAndDefaultsOfTheReader() throws Exception {
    Map<String, String> described = new TreeMap<>();
    describe("", new ObjectMapper().readTree(schemaText), described);

    assertThat(described).isEqualTo(readerKeys());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: {prot: 1}",
        "server: {port: 65536}",
        "queue: {wait: 0s}",
        "routing: {strategy: best}",
        "limits: {connect: soon}",
        "server: {body-limit: 5MB}",
        "logging: {access: 1}",
        "aliases: {a: {modle: m}}",
        "priorities: {clients: {a: urgent}}",
        "keys: [{name: a, key: secret}]",
        "keys: [{name: a b, key: 'env:PATH'}]",
        "keys: [{name: a}]",
        "server: {hosts: ['http://x']}",
        "alerts: {webhook: {url: ftp://x}}",
        "alerts: {webhook: {url: 'https://x', form: teams}}",
        "alerts: {mail: {password: plain}}",
        "alerts: {mail: {to: [nobody]}}",
        "alerts: {rules: {disk: {warning: 5GB}}}",
        "alerts: {rules: {failures: {above: 5}}}",
        "alerts: {rules: {nothing: {on: true}}}",
      })
  void hasASchemaThatRefusesWhatTheReaderRefuses(String wrong) throws Exception {
    String text = Texts.minimal() + wrong + "\n";

    assertThat(Texts.problems(text)).isNotEmpty();
    assertThat(schema.validate(YAML.readTree(text))).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "server: {port: '${PORT:-1}', idle: 0, header-limit: 4096}",
        "aliases: {a: {model: m, priority: interactive}, b: m}",
        "priorities: {header: '', clients: {a: normal}}",
        "limits:",
        "keys:",
        "alerts:",
        "alerts: {on: true, rules: {backend-down: {for: 50ms}, memory: {warning: 75.5%}}}",
        "alerts: {webhook: {url: 'https://x/y', form: slack, token: '${T:-t}'}}",
        "alerts: {mail: {host: h, tls: none, from: a@b, to: [c@d], password: '${P:-p}'}}",
        "server: {hosts: [ai.example.com, '*.x.y'], body-wait: 0, without-keys: true}",
      })
  void hasASchemaThatAcceptsWhatTheReaderAccepts(String right) throws Exception {
    String text = Texts.minimal() + right + "\n";

    assertThat(Texts.problems(text)).isEmpty();
    assertThat(schema.validate(YAML.readTree(text))).isEmpty();
  }

  /** The shipped file with every default switched on. */
  private static String everything() {
    String samples = "- \\{(name: (agents|sonnet|the machine)|model: |key: |client: )";
    return Texts.shipped().replaceAll("(?m)^( +)#([a-z]+(-[a-z]+)*: |" + samples + ")", "$1$2");
  }

  /** What the reader asks for when everything is written, with its defaults. */
  private static Map<String, String> readerKeys() {
    Reading reading = new Reading("c.yaml", Map.of());
    Document.read(reading, everything()).ifPresent(SettingsReader::read);
    return new TreeMap<>(reading.defaults());
  }

  private static void collect(String path, JsonNode node, Set<String> keys) {
    if (node.isArray()) {
      node.forEach(element -> collect(path + "[]", element, keys));
    }
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String at = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
      keys.add(at);
      collect(at, field.getValue(), keys);
    }
  }

  private static void describe(String path, JsonNode schema, Map<String, String> keys) {
    for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
      String at = path.isEmpty() ? property.getKey() : path + "." + property.getKey();
      JsonNode described = property.getValue();
      assertThat(described.path("description").asText()).as(at).isNotEmpty();
      keys.put(at, described.path("default").asText());
      describe(at, described, keys);
      describe(at + "[]", described.path("items"), keys);
      if (at.equals("aliases")) {
        JsonNode forms = described.at("/additionalProperties/anyOf");
        describe(at + ".trial[]", forms.at("/1/items"), keys);
        describe(at + ".planner", forms.at("/2"), keys);
      }
    }
  }
}
