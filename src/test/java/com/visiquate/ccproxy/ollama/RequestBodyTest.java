package com.visiquate.ccproxy.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.chat.ChatRequest;
import com.visiquate.ccproxy.chat.EmbedRequest;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.GenerateRequest;
import com.visiquate.ccproxy.chat.Image;
import com.visiquate.ccproxy.chat.Message;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.chat.OutputFormat;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.Sampling;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.InstalledModel;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Each kind of work at its own endpoint, with the same load-time options. */
final class RequestBodyTest {
  private static final ModelSpec MODEL =
      new ModelSpec(
          new ModelName("m"),
          "m:7b",
          8192,
          List.of(new BackendId("a")),
          true,
          "30m",
          Map.of("num_batch", 512));
  private static final ChatRequest CHAT = ChatRequest.of("m", List.of(new Message.User("hi")));
  private static final GenerateRequest FILLING =
      GenerateRequest.filling("m", "def f(", "return x", Sampling.DEFAULT);
  private static final EmbedRequest EMBED = new EmbedRequest("m", List.of("a", "bc"), 8, true);

  @Test
  void asksForEachKindOfWorkAtItsOwnEndpoint() {
    assertThat(RequestBody.path(CHAT)).isEqualTo("/api/chat");
    assertThat(RequestBody.path(FILLING)).isEqualTo("/api/generate");
    assertThat(RequestBody.path(EMBED)).isEqualTo("/api/embed");
    assertThat(RequestBody.path(new EmbedRequest("m", List.of("a"), null, false)))
        .isEqualTo("/api/embeddings");
  }

  @Test
  void aTextGoesOnWithoutTheTemplate() {
    Sampling sampling = Sampling.DEFAULT.withMaxTokens(16);
    GenerateRequest request = GenerateRequest.continuing("m", "Once", sampling).withTopLogprobs(2);

    assertThat(body(able("completion", "thinking"), request))
        .isEqualTo(
            "{\"model\":\"m:7b\",\"prompt\":\"Once\",\"stream\":true,\"raw\":true,"
                + "\"truncate\":false,\"shift\":false,\"keep_alive\":\"30m\","
                + "\"options\":{\"num_batch\":512,\"num_ctx\":8192,\"num_predict\":16},"
                + "\"logprobs\":true,\"top_logprobs\":2}");
  }

  @Test
  void aGapIsFilledThroughTheTemplateAndWithoutThinking() {
    assertThat(body(able("completion", "insert", "thinking"), FILLING))
        .startsWith(
            "{\"model\":\"m:7b\",\"prompt\":\"def f(\",\"suffix\":\"return x\",\"stream\":true,"
                + "\"think\":false,\"truncate\":false")
        .doesNotContain("raw");
  }

  @Test
  void everythingElseThatGeneratingKnowsIsWritten() {
    GenerateRequest request =
        new GenerateRequest(
            "m",
            "Look",
            "",
            false,
            "Be short.",
            "{{ .Prompt }}",
            List.of(new Image("aGk=")),
            Sampling.DEFAULT,
            OutputFormat.JSON,
            Reasoning.LOW,
            null);

    assertThat(body(able("completion", "vision", "thinking"), request))
        .contains("\"system\":\"Be short.\",\"template\":\"{{ .Prompt }}\",\"images\":[\"aGk=\"]")
        .contains("\"format\":\"json\",\"stream\":true,\"think\":\"low\"");
  }

  @Test
  void textsAreEmbeddedInOneRequestAndNeverCut() {
    assertThat(body(able("embedding"), EMBED))
        .isEqualTo(
            "{\"model\":\"m:7b\",\"input\":[\"a\",\"bc\"],\"truncate\":false,"
                + "\"keep_alive\":\"30m\",\"options\":{\"num_batch\":512,\"num_ctx\":8192},"
                + "\"dimensions\":8}");
  }

  @Test
  void theOldestEndpointTakesOneText() {
    assertThat(body(null, new EmbedRequest("m", List.of("a"), null, false)))
        .isEqualTo(
            "{\"model\":\"m:7b\",\"prompt\":\"a\",\"keep_alive\":\"30m\","
                + "\"options\":{\"num_batch\":512,\"num_ctx\":8192}}");
  }

  @Test
  void whatAModelCannotDoIsRefusedBeforeItIsSent() {
    assertThat(unfit(able("completion"), FILLING)).isEqualTo("suffix");
    assertThat(unfit(able("embedding"), FILLING)).isEqualTo("model");
    assertThat(unfit(able("embedding"), CHAT)).isEqualTo("model");
  }

  @Test
  void aModelThatChatsIsAskedToEmbed() {
    assertThat(body(able("completion"), EMBED)).isEqualTo(body(able("embedding"), EMBED));
  }

  @Test
  void textsAreCutWhereTheClientWantsIt() {
    assertThat(body(null, new EmbedRequest("m", List.of("a", ""), null, true, true)))
        .contains("\"input\":[\"a\",\" \"],\"truncate\":true");
  }

  @Test
  void aModelOfWhichNothingIsKnownIsGivenTheBenefit() {
    assertThat(body(able(), EMBED)).contains("\"input\"");
    assertThat(body(able(), FILLING)).contains("\"suffix\"");
    assertThat(body(able(), CHAT)).contains("\"messages\"");
  }

  @Test
  void aModelThatOnlyEmbedsIsLoadedWhereItCanBe() {
    RequestBody.Addressed embeds = RequestBody.load(MODEL, able("embedding"));

    assertThat(embeds.path()).isEqualTo("/api/embed");
    assertThat(new String(embeds.bytes(), UTF_8))
        .contains("\"input\":[]")
        .contains("\"options\":{\"num_batch\":512,\"num_ctx\":8192}");
    assertThat(RequestBody.load(MODEL, able("completion")).path()).isEqualTo("/api/chat");
    assertThat(RequestBody.load(MODEL, null).path()).isEqualTo("/api/chat");
  }

  private static InstalledModel able(String... capabilities) {
    return new InstalledModel("m:7b", "d", Set.of(capabilities));
  }

  private static String body(@Nullable InstalledModel installed, ModelRequest request) {
    ChatBody.Encoded encoded = RequestBody.encode(MODEL, installed, request);
    return new String(((ChatBody.Encoded.Body) encoded).bytes(), UTF_8);
  }

  private static @Nullable String unfit(InstalledModel installed, ModelRequest request) {
    ChatBody.Encoded encoded = RequestBody.encode(MODEL, installed, request);
    Failure failure = ((ChatBody.Encoded.Unfit) encoded).failure();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.INVALID);
    assertThat(failure.code()).isEqualTo("unsupported_value");
    return failure.param();
  }
}
