package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.Embedding;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.visiquate.ccproxy.simulator.engine.Seen;
import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.speech.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's own client asks for completions and embeddings, in front of the whole gateway. */
@Tag("endtoend")
final class CompletionsSdkTest {
  private static final String CODER = "qwen2.5-coder:7b-instruct";
  private static final String EMBEDDER = "nomic-embed-text";

  /** Not instant: while one loads its model, the other one gets work. */
  private static final Profile FLEET = Profile.demo().scaled(20);

  private final Stack stack =
      Stack.start(
          Recipe.of(2, FLEET)
              .models(CODER, EMBEDDER)
              .with("aliases: {text-embedding-3-small: %s}".formatted(EMBEDDER)));
  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .apiKey("any")
          .baseUrl("http://127.0.0.1:%d/v1".formatted(stack.port()))
          .maxRetries(0)
          .timeout(Duration.ofSeconds(Waits.SECONDS))
          .build();

  @AfterEach
  void close() {
    client.close();
    stack.close();
  }

  @Test
  void getsWholeCompletions() {
    stack.answer("Once", Script.text(" upon", " a time").withCounts(3, 2));

    Completion whole = client.completions().create(ask("Once").build()).validate();

    assertThat(whole.choices()).hasSize(1);
    assertThat(whole.choices().getFirst().text()).isEqualTo(" upon a time");
    assertThat(whole.usage().orElseThrow().totalTokens()).isEqualTo(5);
    assertThat(sent("/api/generate"))
        .contains("\"prompt\":\"Once\"", "\"raw\":true", "\"num_predict\":16");
  }

  @Test
  void getsStreamedCompletions() {
    stack.answer("Once", Script.text(" upon", " a time").withCounts(3, 2));
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    StringBuilder text = new StringBuilder();
    List<Completion> heard = new ArrayList<>();
    try (StreamResponse<Completion> chunks =
        client.completions().createStreaming(ask("Once").streamOptions(usage).build())) {
      chunks.stream().forEach(heard::add);
    }

    heard.forEach(chunk -> chunk.choices().forEach(choice -> text.append(choice.text())));
    assertThat(text).hasToString(" upon a time");
    assertThat(heard.getLast().usage().orElseThrow().promptTokens()).isEqualTo(3);
  }

  @Test
  void getsAChoiceForEachPrompt() {
    stack.answer("one", Script.text(" 1"));
    stack.answer("two", Script.text(" 2"));

    Completion whole =
        client
            .completions()
            .create(ask("").promptOfArrayOfStrings(List.of("one", "two")).echo(true).build())
            .validate();

    assertThat(whole.choices().stream().map(choice -> choice.text()))
        .containsExactly("one 1", "two 2");
    assertThat(whole.choices().stream().map(choice -> choice.index())).containsExactly(0L, 1L);
  }

  @Test
  void fillsGaps() {
    stack.answer("def f(", Script.text("x"));

    Completion whole = client.completions().create(ask("def f(").suffix("):").build());

    assertThat(whole.choices().getFirst().text()).isEqualTo("x");
    assertThat(sent("/api/generate")).contains("\"suffix\":\"):\"").doesNotContain("\"raw\"");
  }

  @Test
  void getsLogProbabilities() {
    stack.answer("Once", Script.text(" upon", " a time"));

    Completion whole = client.completions().create(ask("Once").logprobs(2).build()).validate();

    assertThat(whole.choices().getFirst().logprobs().orElseThrow().tokens().orElseThrow())
        .containsExactly(" upon", " a time");
    assertThat(whole.choices().getFirst().logprobs().orElseThrow().textOffset().orElseThrow())
        .containsExactly(0L, 5L);
  }

  @Test
  void getsEmbeddingsAsBase64WithoutAsking() {
    CreateEmbeddingResponse response =
        client.embeddings().create(embed().input("hello").build()).validate();

    Embedding embedding = response.data().getFirst();
    assertThat(embedding.embeddingValue().isBase64()).isTrue();
    assertThat(embedding.embedding()).hasSize(512).contains(1f);
    assertThat(response.model()).isEqualTo("text-embedding-3-small");
    assertThat(response.usage().promptTokens()).isPositive();
  }

  @Test
  void getsEmbeddingsAsNumbersWhenItAsks() {
    CreateEmbeddingResponse response =
        client
            .embeddings()
            .create(
                embed()
                    .input("hello")
                    .dimensions(8)
                    .encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                    .build())
            .validate();

    assertThat(response.data().getFirst().embeddingValue().isFloats()).isTrue();
    assertThat(response.data().getFirst().embedding()).hasSize(8);
  }

  @Test
  void manyTextsAreSharedByTheBackendsAndComeBackInOrder() {
    List<String> texts = IntStream.range(0, 200).mapToObj(i -> "text number " + i).toList();

    CreateEmbeddingResponse many =
        client.embeddings().create(embed().inputOfArrayOfStrings(texts).build()).validate();

    assertThat(many.data()).hasSize(200);
    assertThat(many.data().stream().map(Embedding::index))
        .containsExactlyElementsOf(IntStream.range(0, 200).mapToObj(Long::valueOf).toList());
    for (int i : List.of(0, 31, 32, 100, 199)) {
      Embedding alone =
          client.embeddings().create(embed().input(texts.get(i)).build()).data().getFirst();
      assertThat(many.data().get(i).embedding()).isEqualTo(alone.embedding());
    }
    assertThat(stack.ollama(0).seen().requests("/api/embed")).isPositive();
    assertThat(stack.ollama(1).seen().requests("/api/embed")).isPositive();
    assertThat(stack.silentWaits()).isZero();
    for (int i = 0; i < 6; i++) {
      assertThat(stack.nextEnd().route()).isEqualTo("/v1/embeddings");
    }
    assertThat(stack.endsLeft()).as("one outcome for each request").isZero();
  }

  @Test
  void knowsTheErrors() {
    NotFoundException unknown =
        catchThrowableOfType(
            NotFoundException.class,
            () -> client.completions().create(ask("hi").model("nobody").build()));
    assertThat(unknown.code()).contains("model_not_found");
    BadRequestException tokens =
        catchThrowableOfType(
            BadRequestException.class,
            () ->
                client.embeddings().create(embed().inputOfArrayOfTokens(List.of(1L, 2L)).build()));
    assertThat(tokens.param()).contains("input");
    // The older line embeds with any model: it is asked.
    assertThat(client.embeddings().create(embed().model(CODER).input("hi").build()).data())
        .hasSize(1);
    BadRequestException silent =
        catchThrowableOfType(
            BadRequestException.class,
            () -> client.completions().create(ask("hi").model(EMBEDDER).build()));
    assertThat(silent.getMessage()).contains("can only embed");
    BadRequestException tooLong =
        catchThrowableOfType(
            BadRequestException.class,
            () -> client.embeddings().create(embed().input("far ".repeat(10_000)).build()));
    assertThat(tooLong.code()).contains("context_length_exceeded");
  }

  @Test
  void hearsOfAFailureOnlyWhenNobodyCouldHideIt() {
    Waits.done(
        stack.ollama(0).inject(new Fault.Status(500, "{\"error\":\"x\"}"), new Extent.Next(1)));
    assertThat(client.embeddings().create(embed().input("hello").build()).data()).hasSize(1);

    stack
        .ollamas()
        .forEach(
            each ->
                Waits.done(
                    each.inject(new Fault.Status(500, "{\"error\":\"x\"}"), new Extent.Always())));
    InternalServerException failed =
        catchThrowableOfType(
            InternalServerException.class,
            () -> client.embeddings().create(embed().input("hello").build()));
    assertThat(failed.code()).contains("upstream_error");
  }

  private static CompletionCreateParams.Builder ask(String prompt) {
    return CompletionCreateParams.builder().model(CODER).prompt(prompt);
  }

  private static EmbeddingCreateParams.Builder embed() {
    return EmbeddingCreateParams.builder().model("text-embedding-3-small");
  }

  /** What any Ollama was asked last at this path. */
  private String sent(String path) {
    return stack.ollamas().stream()
        .flatMap(ollama -> ollama.seen().last().stream())
        .filter(seen -> seen.path().equals(path))
        .map(Seen.Received::body)
        .findFirst()
        .orElseThrow();
  }
}
