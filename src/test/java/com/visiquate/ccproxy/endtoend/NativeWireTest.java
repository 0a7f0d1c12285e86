package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.dialect.ollama.NativeStreamGrammar;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients of Ollama put on the wire, and what they must get there. */
@Tag("endtoend")
final class NativeWireTest {
  private static final String PATH = "/api/chat";
  private static final String MORE =
      """
      aliases: {coding: m, "gpt-*": m}
      queue: {length: 1}
      waiting: {commit-after: 40ms, heartbeat: 15ms}
      """;
  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(Recipe.of(2, Recipe.instant()).model("keep-alive: \"-1\"").with(MORE))
          .answer("hi", Script.text("Hel", "lo"));

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  @Test
  void streamsLinesUnlessToldOtherwise() throws IOException {
    RawClient.Reply stream = post(PATH, chat("coding", "hi", ""));
    RawClient.Reply whole = post(PATH, chat("m:latest", "hi", ",\"stream\":false"));

    assertThat(stream.header("content-type")).isEqualTo("application/x-ndjson");
    assertThat(stream.header("x-ccproxy-model")).isEqualTo("m");
    assertThat(stream.properlyEnded()).isTrue();
    assertThat(heard(stream).text()).isEqualTo("Hello");
    assertThat(stream.body()).startsWith("{\"model\":\"coding\",\"created_at\":\"");
    assertThat(whole.header("content-type")).isEqualTo("application/json; charset=utf-8");
    assertThat(NativeStreamGrammar.checkWhole(whole.body().getBytes(UTF_8)).text())
        .isEqualTo("Hello");
    assertThat(whole.body()).contains("\"prompt_eval_count\":", "\"eval_count\":");
    assertThat(stack.nextEnd().route()).isEqualTo(PATH);
    assertThat(stack.nextEnd().alias()).isEqualTo("m");
  }

  @Test
  void listsModelsAndAliases() throws IOException {
    JsonNode models = tree(stack.read("/api/tags")).path("models");

    assertThat(models)
        .extracting(model -> model.path("name").asText())
        .containsExactly("coding", "m");
    for (JsonNode model : models) {
      assertThat(model.path("model")).isEqualTo(model.path("name"));
      assertThat(model.path("digest").textValue()).hasSize(64);
      assertThat(model.path("size").longValue()).isPositive();
      assertThat(model.path("modified_at").textValue()).startsWith("2026-");
      assertThat(model.path("details").path("family").textValue()).isEqualTo("qwen2");
      assertThat(model.path("details").path("parameter_size").textValue()).isNotEmpty();
      assertThat(model.path("capabilities"))
          .extracting(JsonNode::textValue)
          .contains("completion", "tools");
    }
  }

  @ParameterizedTest
  @CsvSource({"model, coding", "name, m", "name, gpt-4"})
  void showsWhatAnEditorMustKnow(String member, String name) throws IOException {
    JsonNode shown =
        tree(post("/api/show", "{\"%s\":\"%s\",\"verbose\":false}".formatted(member, name)));

    String architecture = shown.path("model_info").path("general.architecture").textValue();
    assertThat(shown.path("model_info").path(architecture + ".context_length").intValue())
        .isEqualTo(4096);
    assertThat(shown.path("model_info").path("general.basename").textValue()).isEqualTo(name);
    assertThat(shown.path("capabilities"))
        .extracting(JsonNode::textValue)
        .contains("tools", "vision");
    assertThat(shown.path("template").textValue()).contains(".Prompt");
  }

  @Test
  void tellsWhatIsLoadedAndWithWhichWindow() throws IOException {
    assertThat(stack.read("/api/ps").body()).isEqualTo("{\"models\":[]}");
    post(PATH, chat("coding", "hi", ""));
    stack.until(() -> ps().size() == 1);

    assertThat(ps().get(0).path("name").textValue()).isEqualTo("m");
    assertThat(ps().get(0).path("context_length").intValue()).isEqualTo(4096);
    assertThat(ps().get(0).path("expires_at").textValue()).isNotEmpty();
  }

  @Test
  void answersWhatClientsAskFirst() throws IOException {
    assertThat(tree(stack.read("/api/version")).path("version").textValue()).isEqualTo("0.24.0");
    assertThat(tree(stack.read("/api/status")).path("cloud").path("disabled").asBoolean()).isTrue();
    RawClient.Reply greeting = stack.read("/");
    assertThat(greeting.body()).isEqualTo("Ollama is running");
    assertThat(greeting.header("content-type")).startsWith("text/plain");
    for (String path : List.of("/", "/api/version", "/api/tags", "/api/ps")) {
      try (RawClient client = stack.client().request("HEAD", path)) {
        assertThat(client.head().status()).as(path).isEqualTo(200);
      }
    }
    try (RawClient client = stack.client()) {
      client.send("GET / HTTP/1.1\r\nHost: x\r\nAccept: application/json\r\n\r\n".getBytes(UTF_8));
      assertThat(client.reply().body()).startsWith("{\"name\":\"ccproxy\"");
    }
  }

  @Test
  void noClientLoadsAModelInAnotherWay() throws IOException {
    String greedy =
        """
        ,"keep_alive":0,"truncate":true,"shift":true,
        "options":{"num_ctx":131072,"num_gpu":0,"num_batch":1,"use_mmap":false,"temperature":0.5}
        """;
    post(PATH, chat("m", "hi", ""));
    String usual = lastChat();
    post(PATH, chat("m", "hi", greedy));

    assertThat(lastChat())
        .isEqualTo(usual.replace("\"num_ctx\":4096", "\"num_ctx\":4096,\"temperature\":0.5"));
    assertThat(usual).contains("\"truncate\":false,\"shift\":false,\"keep_alive\":-1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"messages\":[],\"keep_alive\":0}",
        "{\"model\":\"m\",\"messages\":[],\"keep_alive\":-1,\"options\":{\"num_ctx\":9}}"
      })
  void whoOnlyWantsItLoadedOrUnloadedIsToldHowItIs(String body) throws IOException {
    RawClient.Reply before = post(PATH, body);
    post(PATH, chat("m", "hi", ""));
    stack.until(() -> ps().size() == 1);
    long requests = stack.chats();
    RawClient.Reply after = post(PATH, body);

    assertThat(before.status()).isEqualTo(200);
    assertThat(before.body()).endsWith("\"done\":true,\"done_reason\":\"unload\"}");
    assertThat(after.body()).endsWith("\"done\":true,\"done_reason\":\"load\"}");
    assertThat(stack.chats()).as("asked of Ollama").isEqualTo(requests);
    assertThat(ps()).hasSize(1);
  }

  @Test
  void namesOfTheCloudLeadNowhere() throws IOException {
    for (String name : List.of("gpt-oss:120b-cloud", "m:cloud")) {
      for (RawClient.Reply reply :
          List.of(
              post(PATH, chat(name, "hi", "")),
              post(PATH, "{\"model\":\"%s\"}".formatted(name)),
              post("/api/show", "{\"model\":\"%s\"}".formatted(name)))) {
        assertThat(reply.status()).isEqualTo(403);
        assertThat(reply.body())
            .isEqualTo("{\"error\":\"ollama cloud is disabled: remote model is unavailable\"}");
      }
    }
    assertThat(stack.chats()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /api/pull",
    "POST, /api/push",
    "POST, /api/create",
    "POST, /api/copy",
    "DELETE, /api/delete",
    "HEAD, /api/blobs/sha256:29fdb92e57cf0827ded04ae6461b5931d01fa595843f55d36f5b275a52087dd2",
    "POST, /api/blobs/sha256:29fdb92e57cf0827ded04ae6461b5931d01fa595843f55d36f5b275a52087dd2",
    "POST, /api/me",
    "POST, /api/signout",
    "DELETE, /api/user/keys/x",
    "POST, /api/experimental/web_search"
  })
  void nobodyManagesModels(String method, String path) throws IOException {
    String body = "{\"model\":\"m\",\"name\":\"m\"}";
    String head = "%s %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n";
    try (RawClient client = stack.client()) {
      client.send((head.formatted(method, path, body.length()) + body).getBytes(UTF_8));
      RawClient.Reply reply = method.equals("HEAD") ? client.head() : client.reply();

      assertThat(reply.status()).isEqualTo(403);
      if (!method.equals("HEAD")) {
        assertThat(reply.body())
            .isEqualTo(
                "{\"error\":\"Models are managed by the operator of this gateway; clients can only"
                    + " use them.\"}");
      }
    }
    assertThat(stack.ollamas()).allSatisfy(o -> assertThat(o.seen().requests(path)).isZero());
  }

  @Test
  void whoWaitsHearsLinesThatSayNothing() throws IOException {
    List<RawClient> holding = hold();
    try (RawClient waiting = stack.client().post(PATH, chat("m", "hi", ""))) {
      RawClient.Reply head = waiting.head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(waiting.text()).contains("\"content\":\"\"},\"done\":false}\n");
      assertThat(waiting.text()).contains("\"content\":\"\"},\"done\":false}\n");
      gate.open();
      NativeStreamGrammar rest = heard(waiting.rest(head));
      assertThat(rest.text()).isEqualTo("Hello");
      assertThat(rest.reason()).isEqualTo("stop");
    }
    closeAll(holding);
  }

  @Test
  void beyondTheQueueTheyAreRefusedInOllamasWords() throws IOException {
    List<RawClient> holding = hold();
    try (RawClient waiting = stack.client().post(PATH, chat("m", "hi", ""))) {
      waiting.head();
      RawClient.Reply refused = post(PATH, chat("m", "hi", ""));

      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.body())
          .isEqualTo(
              "{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}");
      assertThat(Integer.parseInt(refused.header("retry-after"))).isBetween(1, 54);
    }
    gate.open();
    closeAll(holding);
  }

  @Test
  void anAnswerThatBreaksEndsWithALineThatSaysSo() throws IOException {
    stack.answer("break", Script.of(new Step.Text("a"), new Step.Fail("boom at 127.0.0.1:11434")));
    RawClient.Reply broken = post(PATH, chat("m", "break", ""));
    RawClient.Reply whole = post(PATH, chat("m", "break", ",\"stream\":false"));

    assertThat(broken.status()).isEqualTo(200);
    assertThat(heard(broken).error()).contains("try again").doesNotContain("127");
    // It is tried on both, and by then it may have had its first sign of life, and so a status.
    assertThat(whole.status()).isIn(200, 500);
    assertThat(whole.body().strip()).startsWith("{\"error\":\"").doesNotContain("boom");
  }

  @Test
  void errorsAreOneTextWhateverIsWrong() throws IOException {
    assertThat(post(PATH, chat("nope", "hi", "")).status()).isEqualTo(404);
    assertThat(post(PATH, chat("nope", "hi", "")).body())
        .isEqualTo("{\"error\":\"model 'nope' not found\"}");
    assertThat(post("/api/show", "{\"model\":\"nope\"}").status()).isEqualTo(404);
    assertThat(post(PATH, "{\"messages\":[]}").body())
        .isEqualTo("{\"error\":\"model is required\"}");
    assertThat(post(PATH, "").body()).startsWith("{\"error\":\"");
    assertThat(stack.read(PATH).status()).isEqualTo(405);
    assertThat(stack.read(PATH).body()).startsWith("{\"error\":\"");
    assertThat(stack.read("/api/nothing").body()).startsWith("{\"error\":\"");
  }

  @Test
  void isFoundUnderEveryBaseUrl() throws IOException {
    for (String base : List.of("", "/", "/v1", "/v1/")) {
      assertThat(post(base + PATH, chat("m", "hi", "")).status()).as(base).isEqualTo(200);
      assertThat(post(base + PATH + "/", chat("m", "hi", "")).status()).as(base).isEqualTo(200);
      assertThat(stack.read(base + "/api/tags").body()).as(base).startsWith("{\"models\":[{");
    }
  }

  private JsonNode ps() {
    try {
      return tree(stack.read("/api/ps")).path("models");
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  /** Takes both slots until the gate opens. */
  private List<RawClient> hold() throws IOException {
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    List<RawClient> holding = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      RawClient client = stack.client().post(PATH, chat("m", "hold", ""));
      client.head();
      holding.add(client);
    }
    return holding;
  }

  private static void closeAll(List<RawClient> clients) throws IOException {
    for (RawClient client : clients) {
      client.close();
    }
  }

  private String lastChat() {
    return stack.ollamas().stream()
        .flatMap(ollama -> ollama.seen().last().stream())
        .filter(seen -> seen.path().equals(PATH))
        .map(seen -> seen.body())
        .max(Comparator.comparingInt(String::length))
        .orElseThrow();
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      return client.reply();
    }
  }

  private static String chat(String model, String question, String more) {
    return Chat.body(question, more).replace("\"model\":\"m\"", "\"model\":\"" + model + "\"");
  }

  private static NativeStreamGrammar heard(RawClient.Reply reply) {
    return NativeStreamGrammar.check(reply.body().getBytes(UTF_8));
  }

  private static JsonNode tree(RawClient.Reply reply) throws IOException {
    assertThat(reply.status()).isEqualTo(200);
    return JsonMapper.builder().build().readTree(reply.body());
  }
}
