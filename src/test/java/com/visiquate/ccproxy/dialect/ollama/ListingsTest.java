package com.visiquate.ccproxy.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.LoadedModel;
import com.visiquate.ccproxy.fleet.ModelCard;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What editors read before they offer a model: each needs other members, and some insist. */
final class ListingsTest {
  private static final ModelCard CARD =
      new ModelCard(
          4_683_087_332L,
          "2026-11-21T09:15:06.51900145Z",
          new ModelCard.Details("gguf", "qwen2", List.of("qwen2"), "7.6B", "Q4_K_M"),
          "{{ .Prompt }}{{ .Suffix }}",
          info());
  private static final ServedModel KNOWN =
      new ServedModel(
          "coding",
          32_768,
          new InstalledModel(
              "qwen2.5-coder:7b",
              "dae161e2",
              Set.of("tools", "completion", "insert"),
              false,
              CARD));
  private static final ServedModel UNKNOWN =
      new ServedModel("new \"one\"", 4096, new InstalledModel("n", "", Set.of()));

  @Test
  void tagsHaveEveryMemberThatAnEditorInsistsOn() throws IOException {
    assertThat(new String(Listings.tags(List.of(KNOWN)), UTF_8))
        .isEqualTo(
            """
            {"models":[{"name":"coding","model":"coding",\
            "modified_at":"2026-11-21T09:15:06.51900145Z","size":4683087332,"digest":"%s",\
            "details":{"parent_model":"","format":"gguf","family":"qwen2","families":["qwen2"],\
            "parameter_size":"7.6B","quantization_level":"Q4_K_M","context_length":32768},\
            "capabilities":["completion","insert","tools"]}]}\
            """
                .formatted(KNOWN.digest()));
    assertThat(Listings.tags(List.of())).asString().isEqualTo("{\"models\":[]}");
  }

  /** Clients merge models of one digest, and would show a single one of all aliases. */
  @Test
  void everyNameHasAStableDigestOfItsOwn() {
    InstalledModel model = KNOWN.installed();

    assertThat(digest("coding", model)).hasSize(64).isEqualTo(digest("coding", model));
    assertThat(digest("gpt-4", model)).isNotEqualTo(digest("coding", model));
    assertThat(digest("qwen2.5-coder:7b", model)).isEqualTo("dae161e2");
    InstalledModel newer = new InstalledModel("qwen2.5-coder:7b", "0ther", Set.of());
    assertThat(digest("coding", newer)).isNotEqualTo(digest("coding", model));
  }

  private static String digest(String name, InstalledModel installed) {
    ServedModel served = new ServedModel(name, 4096, installed);
    assertThat(Listings.tags(List.of(served))).asString().contains(served.digest());
    return served.digest();
  }

  @Test
  void aModelOfWhichNothingIsKnownLacksNoMember() throws IOException {
    JsonNode known = tree(Listings.tags(List.of(KNOWN))).path("models").get(0);
    JsonNode unknown = tree(Listings.tags(List.of(UNKNOWN))).path("models").get(0);

    assertThat(unknown.path("name").textValue()).isEqualTo("new \"one\"");
    assertThat(unknown.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(() -> known.fieldNames());
    assertThat(unknown.path("details").fieldNames())
        .toIterable()
        .containsExactlyElementsOf(() -> known.path("details").fieldNames());
    assertThat(Instant.parse(unknown.path("modified_at").textValue())).isNotNull();
    assertThat(unknown.path("capabilities")).hasSize(2);
  }

  @Test
  void processesTellWithWhichWindowAModelIsLoaded() {
    LoadedModel loaded = new LoadedModel("qwen2.5-coder:7b", 9, 7, 16_384, "2026-11-21T09:21:03Z");

    assertThat(Listings.running(List.of(new Listings.Running(KNOWN, loaded))))
        .asString()
        .startsWith("{\"models\":[{\"name\":\"coding\",\"model\":\"coding\",\"size\":9,\"digest\"")
        .endsWith(
            "\"expires_at\":\"2026-11-21T09:21:03Z\",\"size_vram\":7,\"context_length\":16384}]}");
    assertThat(Listings.running(List.of(new Listings.Running(UNKNOWN, LoadedModel.named("n")))))
        .asString()
        .contains("\"expires_at\":\"0001-01-01T00:00:00Z\"", "\"context_length\":4096");
  }

  @Test
  void showTellsTheWindowOfTheGatewayAndTheNameThatWasAskedFor() throws IOException {
    JsonNode shown = tree(ShowBody.of(KNOWN));

    assertThat(shown.path("model_info").toString())
        .isEqualTo(
            """
            {"general.architecture":"qwen2","general.basename":"coding",\
            "qwen2.context_length":32768,"general.parameter_count":7615616512,\
            "qwen2.attention.layer_norm_rms_epsilon":0.000001}\
            """);
    assertThat(shown.path("parameters").textValue()).matches("num_ctx +32768");
    assertThat(shown.path("template").textValue()).contains(".Suffix");
    assertThat(shown.path("capabilities")).hasSize(3);
    assertThat(shown.path("modelfile").textValue()).startsWith("FROM coding\n");
    assertThat(shown.path("details").path("family").textValue()).isEqualTo("qwen2");
    assertThat(tree(ShowBody.of(UNKNOWN)).path("model_info").path("unknown.context_length").asInt())
        .isEqualTo(4096);
  }

  @Test
  void showIsAskedByEitherName() {
    assertThat(ShowBody.read("{\"model\":\"a\",\"name\":\"b\"}".getBytes(UTF_8)))
        .isEqualTo(new ShowBody.Question.About("a"));
    assertThat(ShowBody.read("{\"name\":\"b\",\"verbose\":true}".getBytes(UTF_8)))
        .isEqualTo(new ShowBody.Question.About("b"));
    for (String wrong : List.of("", "[]", "{}", "{\"model\":1}", "{\"name\":\"\"}")) {
      assertThat(ShowBody.read(wrong.getBytes(UTF_8))).isInstanceOf(ShowBody.Question.Wrong.class);
    }
  }

  private static Map<String, Object> info() {
    Map<String, Object> info = new LinkedHashMap<>();
    info.put("general.architecture", "qwen2");
    info.put("general.basename", "Qwen2.5 Coder");
    info.put("general.parameter_count", 7_615_616_512L);
    info.put("qwen2.attention.layer_norm_rms_epsilon", new BigDecimal("0.000001"));
    info.put("qwen2.context_length", 131_072);
    return info;
  }

  private static JsonNode tree(byte[] body) throws IOException {
    return JsonMapper.builder()
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .build()
        .readTree(body);
  }
}
