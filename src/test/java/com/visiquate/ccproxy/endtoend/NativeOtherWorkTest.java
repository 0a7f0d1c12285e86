package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visiquate.ccproxy.dialect.ollama.NativeStreamGrammar;
import com.visiquate.ccproxy.simulator.engine.Seen;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import java.io.IOException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients of Ollama that do not chat: editors that fill gaps, and indexers that embed. */
@Tag("endtoend")
final class NativeOtherWorkTest {
  private static final String GREEDY = ",\"keep_alive\":-1,\"options\":{\"num_ctx\":99999}}";
  private static final SimulatedModel FILLER =
      SimulatedModel.plain("m", Capability.COMPLETION, Capability.INSERT);
  private static final SimulatedModel EMBEDDER = SimulatedModel.plain("e", Capability.EMBEDDING);
  private final Stack stack =
      Stack.start(Recipe.of(2, Recipe.instant().withModels(FILLER, EMBEDDER)).models("m", "e"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void generatesInLinesUnlessToldOtherwise() throws IOException {
    String body = "{\"model\":\"m\",\"prompt\":\"def f\",\"suffix\":\"return\"";
    RawClient.Reply stream = post("/api/generate", body + GREEDY);
    RawClient.Reply whole = post("/api/generate", body + ",\"stream\":false}");

    assertThat(stream.header("content-type")).isEqualTo("application/x-ndjson");
    NativeStreamGrammar heard = NativeStreamGrammar.check(stream.body().getBytes(UTF_8));
    assertThat(heard.text()).isNotEmpty();
    assertThat(stream.body()).contains("\"response\":\"").doesNotContain("\"context\"");
    assertThat(NativeStreamGrammar.checkWhole(whole.body().getBytes(UTF_8)).reason())
        .isEqualTo("stop");
    assertThat(asked("/api/generate"))
        .contains("\"prompt\":\"def f\",\"suffix\":\"return\"", "\"num_ctx\":4096")
        .doesNotContain("99999");
    assertThat(stack.nextEnd().route()).isEqualTo("/api/generate");
  }

  @Test
  void embedsManyTextsSideBySideAndInOrder() throws IOException {
    String texts =
        IntStream.range(0, 100).mapToObj(i -> "\"text " + i + "\"").collect(joining(","));
    JsonNode all = tree(post("/api/embed", "{\"model\":\"e\",\"input\":[" + texts + "]" + GREEDY));

    assertThat(all.path("model").textValue()).isEqualTo("e");
    assertThat(all.path("embeddings")).hasSize(100);
    for (int i : new int[] {0, 31, 32, 64, 99}) {
      String one = "{\"model\":\"e\",\"input\":\"text %d\"}".formatted(i);
      assertThat(all.path("embeddings").get(i))
          .isEqualTo(tree(post("/api/embed", one)).path("embeddings").get(0));
    }
    assertThat(all.path("prompt_eval_count").intValue()).isPositive();
    assertThat(asked("/api/embed")).doesNotContain("99999");
    assertThat(stack.silentWaits()).isZero();
  }

  @Test
  void embedsOneTextAtTheOlderEndpoint() throws IOException {
    JsonNode one = tree(post("/api/embeddings", "{\"model\":\"e\",\"prompt\":\"hi\"}"));

    assertThat(one.fieldNames()).toIterable().containsExactly("embedding");
    assertThat(one.path("embedding").size()).isPositive();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/generate", "/api/embed", "/api/embeddings"})
  void whoOnlyWantsAModelLoadedIsToldWithoutEffect(String path) throws IOException {
    assertThat(post(path, "{\"model\":\"m\",\"keep_alive\":0}").status()).isEqualTo(200);
    assertThat(post(path, "{\"model\":\"nope\",\"keep_alive\":0}").status()).isEqualTo(404);
    assertThat(post(path, "{\"model\":\"m:cloud\"}").status()).isEqualTo(403);
    assertThat(stack.ollamas()).allSatisfy(o -> assertThat(o.seen().requests(path)).isZero());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/embed", "/api/embeddings", "/v1/embeddings"})
  void aModelThatChatsIsAskedToEmbedAndRefusesByItself(String path) throws IOException {
    String body = "{\"model\":\"m\",\"input\":\"x\",\"prompt\":\"x\"}";
    assertThat(post(path, body).status()).isEqualTo(200);

    String words = "This server does not support embeddings. Start it with `--embeddings`";
    for (int status : new int[] {501, 500}) {
      stack.ollamas().forEach(o -> o.inject(Fault.Status.error(status, words)));
      RawClient.Reply refused = post(path, body);
      assertThat(refused.status()).as(refused.body()).isEqualTo(400);
      assertThat(refused.body()).contains("choose an embedding model", "Such as: e");
      stack.ollamas().forEach(o -> Waits.done(o.heal()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/embed", "/v1/embeddings"})
  void anEmptyTextAmongOthersLosesNone(String path) throws IOException {
    RawClient.Reply reply = post(path, "{\"model\":\"e\",\"input\":[\"a\",\"\"]}");
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(tree(reply).path(path.startsWith("/v1") ? "data" : "embeddings")).hasSize(2);
  }

  @Test
  void aTextThatIsTooLongIsCutUnlessToldOtherwise() throws IOException {
    String text = "word ".repeat(6_000);
    String body = "{\"model\":\"e\",\"input\":\"%s\"".formatted(text);
    assertThat(post("/api/embed", body + "}").status()).isEqualTo(200);
    assertThat(post("/api/embed", body + ",\"truncate\":true}").status()).isEqualTo(200);
    assertThat(post("/api/embed", body + ",\"truncate\":false}").status()).isEqualTo(400);
    assertThat(post("/v1/embeddings", body + "}").status()).isEqualTo(400);
  }

  @Test
  void whatHasNoEffectIsSaid() throws IOException {
    post("/api/generate", "{\"model\":\"m\",\"prompt\":\"x\"" + GREEDY);
    post("/api/generate", "{\"model\":\"m\"}");
    String dropped = "ccproxy_dropped_fields_total{field=\"%s\",route=\"/api/generate\"} 1.0";
    stack.untilMetric(dropped.formatted("options.num_ctx"));
    stack.untilMetric(dropped.formatted("keep_alive"));
    stack.untilMetric(dropped.formatted("load"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"name\":\"m\"",
        "\"model\":\"\",\"name\":\"m\"",
        "\"model\":null,\"name\":\"m\""
      })
  void aModelMayBeShownByItsName(String fields) throws IOException {
    RawClient.Reply shown = post("/api/show", "{" + fields + "}");
    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.body()).contains("\"general.basename\":\"m\"");
  }

  @Test
  void aModelThatCannotIsAnErrorInOllamasShape() throws IOException {
    RawClient.Reply embed = post("/api/generate", "{\"model\":\"e\",\"prompt\":\"x\"}");

    assertThat(embed.status()).isEqualTo(400);
    assertThat(embed.body()).startsWith("{\"error\":\"The model e can only embed");
  }

  /** All that any Ollama was asked at this endpoint. */
  private String asked(String path) {
    return stack.ollamas().stream()
        .flatMap(ollama -> ollama.seen().last().stream())
        .filter(seen -> seen.path().equals(path))
        .map(Seen.Received::body)
        .collect(joining("\n"));
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      return client.reply();
    }
  }

  private static JsonNode tree(RawClient.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return FamilyClient.tree(reply.body());
  }
}
