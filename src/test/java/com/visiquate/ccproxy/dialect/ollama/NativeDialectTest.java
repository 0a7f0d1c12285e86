package com.visiquate.ccproxy.dialect.ollama;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Embedding;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.chat.Reasoning;
import com.visiquate.ccproxy.chat.ToolChoice;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Identity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeDialectTest {
  private static final NativeDialect DIALECT = NativeEndpoints.CHAT;
  private static final String CHOICE =
      ",\"tool_choice\":%s,\"tools\":[{\"function\":{\"name\":\"f\"}},{\"function\":{\"name\":\"g\"}}]";

  @Test
  void everyGoldenStreamIsInTheGrammar() throws IOException {
    assertThat(golden("response.ndjson"))
        .hasSizeGreaterThan(20)
        .allSatisfy(NativeStreamGrammar::check);
  }

  @Test
  void streamsUnlessToldOtherwise() {
    assertThat(understood("").stream()).isTrue();
    assertThat(understood(",\"stream\":null").stream()).isTrue();
    assertThat(understood(",\"stream\":false").stream()).isFalse();
  }

  /** Two clients send what Ollama does not know; it means here what it means to OpenAI. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "null | AUTO |",
        "\"auto\" | AUTO |",
        "\"none\" | NONE |",
        "\"required\" | REQUIRED |",
        "{\"type\":\"function\",\"function\":{\"name\":\"f\"}} | REQUIRED | f",
        "{\"type\":\"allowed_tools\",\"allowed_tools\":{\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"g\"}}]}}"
            + " | AUTO | g",
      })
  void takesAChoiceOfTools(String choice, ToolChoice.Mode mode, @Nullable String allowed) {
    Decoded.Understood understood = understood(CHOICE.formatted(choice));

    assertThat(understood.request().toolChoice())
        .isEqualTo(new ToolChoice(mode, allowed == null ? List.of() : List.of(allowed)));
    assertThat(understood.dropped()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"maybe\"", "7", "{\"type\":\"function\",\"function\":{\"name\":\"other\"}}"})
  void refusesAChoiceThatMeansNothing(String choice) {
    String body = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]%s}";

    assertThat(DIALECT.read(body.formatted(CHOICE.formatted(choice)).getBytes(UTF_8)))
        .isInstanceOf(Asked.Wrong.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"model\":\"m\"}",
        "{\"model\":\"m\",\"messages\":[]}",
        "{\"model\":\"m\",\"messages\":null,\"keep_alive\":0}",
        "{\"model\":\"m\",\"messages\":[],\"keep_alive\":\"-1s\",\"options\":{\"num_ctx\":1}}"
      })
  void seesThatThereIsNothingToAnswer(String body) {
    assertThat(DIALECT.read(body.getBytes(UTF_8))).isEqualTo(new Asked.Residence("m"));
    assertThat(DIALECT.decode(body.getBytes(UTF_8))).isInstanceOf(Decoded.Misunderstood.class);
  }

  @Test
  void everyEndpointHasItsOwnWayToSayNothing() {
    for (String body :
        List.of("{\"model\":\"m\"}", "{\"model\":\"m\",\"prompt\":\"\",\"input\":[]}")) {
      for (NativeDialect dialect :
          List.of(NativeEndpoints.GENERATE, NativeEndpoints.EMBED, NativeEndpoints.EMBEDDINGS)) {
        assertThat(dialect.read(body.getBytes(UTF_8))).isEqualTo(new Asked.Residence("m"));
      }
    }
    assertThat(new String(NativeEndpoints.GENERATE.residence("m", false, 0), UTF_8))
        .endsWith("\"response\":\"\",\"done\":true,\"done_reason\":\"unload\"}");
    assertThat(new String(NativeEndpoints.EMBED.residence("m", true, 0), UTF_8))
        .isEqualTo("{\"model\":\"m\",\"embeddings\":[]}");
    assertThat(new String(NativeEndpoints.EMBEDDINGS.residence("m", true, 0), UTF_8))
        .isEqualTo("{\"embedding\":[]}");
  }

  @Test
  void longListsOfTextsAreSharedOutAndPutTogetherInOrder() {
    String texts = IntStream.range(0, 70).mapToObj(i -> "\"t" + i + "\"").collect(joining(","));
    Decoded.Understood understood =
        (Decoded.Understood)
            NativeEndpoints.EMBED.decode(
                "{\"model\":\"m\",\"input\":[%s]}".formatted(texts).getBytes(UTF_8));
    assertThat(understood.parts()).hasSize(3);
    Answer answer = NativeEndpoints.EMBED.answer(understood, new Identity("x", 1, "m"));
    ByteSink out = new ByteSink();
    for (int part : new int[] {2, 0, 1}) {
      answer.said(part, new ChatEvent.Embedded(List.of(new Embedding(part, 0.5f))), out);
      assertThat(out.isEmpty()).isTrue();
      answer.said(
          part, new ChatEvent.Finished(FinishReason.STOP, new Counts(2, 0, 0, 3, 4, 0)), out);
    }

    assertThat(new String(out.take(), UTF_8))
        .isEqualTo(
            """
            {"model":"m","embeddings":[[0,0.5],[1,0.5],[2,0.5]],\
            "total_duration":7,"load_duration":3,"prompt_eval_count":6}\
            """);
  }

  @Test
  void saysHowAModelIsAndClaimsNoMore() {
    assertThat(new String(DIALECT.residence("m", true, 1), UTF_8))
        .isEqualTo(
            """
            {"model":"m","created_at":"1970-01-01T00:00:01Z",\
            "message":{"role":"assistant","content":""},"done":true,"done_reason":"load"}\
            """);
    assertThat(NativeStreamGrammar.checkWhole(DIALECT.residence("m", false, 1)).reason())
        .isEqualTo("unload");
  }

  @Test
  void namesWhatItCouldNotHonour() {
    assertThat(
            understood(
                    """
                    ,"keep_alive":-1,"shift":true,"new_thing":1,"nothing":null,"top_logprobs":2,
                    "options":{"num_ctx":8,"num_gpu":1,"seed":1,"other":{}}
                    """)
                .dropped())
        .containsExactly(
            "options.num_ctx",
            "options.num_gpu",
            "options.other",
            "top_logprobs",
            "keep_alive",
            "shift",
            "new_thing");
  }

  @Test
  void readsThinking() {
    assertThat(reasoning("true")).isEqualTo(Reasoning.ON);
    assertThat(reasoning("false")).isEqualTo(Reasoning.OFF);
    assertThat(reasoning("\"max\"")).isEqualTo(Reasoning.MAX);
    assertThat(reasoning("null")).isEqualTo(Reasoning.UNSET);
  }

  @Test
  void neverAsksForNoTokensAtAll() {
    assertThat(understood(",\"options\":{\"num_predict\":0}").request().sampling().maxTokens())
        .isEqualTo(1);
    assertThat(understood(",\"options\":{\"num_predict\":-2}").request().sampling().maxTokens())
        .isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"gpt-oss:120b-cloud", "qwen3:cloud", "a/b:CLOUD", "x:8b-Cloud", "x:cloud:cloud"})
  void knowsNamesOfTheCloud(String name) {
    assertThat(ModelNames.isCloud(name)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cloud", "my-cloud", "x:local", "x:cloudy", "host:5000/x", "x:latest"})
  void knowsWhichNamesAreNotOfTheCloud(String name) {
    assertThat(ModelNames.isCloud(name)).isFalse();
  }

  @Test
  void everyFailureIsOneText() throws IOException {
    for (Failure.Kind kind : Failure.Kind.values()) {
      byte[] error = DIALECT.error(Failure.of(kind, "so \"it\" is"), "r");
      assertThat(JsonMapper.builder().build().readTree(error).path("error").isTextual()).isTrue();
    }
    assertThat(new String(DIALECT.error(Failure.of(Failure.Kind.QUEUE_FULL, ""), "r"), UTF_8))
        .isEqualTo(
            "{\"error\":\"server busy, please try again.  maximum pending requests exceeded\"}");
    assertThat(new String(DIALECT.error(Failure.tooLong(9, 8), "r"), UTF_8))
        .isEqualTo("{\"error\":\"the input length exceeds the context length (9 tokens > 8)\"}");
  }

  @Test
  void nothingFollowsTheEndOfAStream() {
    Answer answer = DIALECT.answer(understood(""), new Identity("x", 1, "m"));
    ByteSink out = new ByteSink();
    answer.heartbeat(out);
    answer.said(new ChatEvent.Finished(FinishReason.LENGTH, new Counts(3, 0, 2, 1, 1, 1)), out);
    NativeStreamGrammar heard = NativeStreamGrammar.check(out.take());

    answer.heartbeat(out);
    answer.said(new ChatEvent.Text("late"), out);
    answer.broke(Failure.of(Failure.Kind.INTERNAL, "late"), out);

    assertThat(heard.heartbeats()).isEqualTo(1);
    assertThat(heard.reason()).isEqualTo("length");
    assertThat(out.isEmpty()).isTrue();
  }

  private static Reasoning reasoning(String think) {
    return understood(",\"think\":" + think).request().reasoning();
  }

  private static Decoded.Understood understood(String more) {
    String body =
        "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]%s}".formatted(more);
    return (Decoded.Understood) DIALECT.decode(body.getBytes(UTF_8));
  }

  private static List<byte[]> golden(String name) throws IOException {
    List<byte[]> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/resources/golden"))) {
      for (Path file :
          files
              .filter(f -> f.endsWith(name) && f.toString().contains("ollama"))
              .sorted()
              .toList()) {
        found.add(Files.readAllBytes(file));
      }
    }
    return found;
  }
}
