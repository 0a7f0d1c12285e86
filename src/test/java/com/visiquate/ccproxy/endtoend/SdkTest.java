package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.FunctionParameters;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.models.Model;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's own client in front of the whole gateway. */
@Tag("endtoend")
final class SdkTest {
  private static final Duration LEAST_RETRY = Duration.ofMillis(1_600);
  private static final String QUESTION = "How warm is it in Paris?";
  private static final String MEASURED = "{\"degrees\":22}";
  private final Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant())
              .with("queue: {length: 0}\naliases: {ollama/coder: m, a/b/c: m}"));
  private final OpenAIClient client =
      OpenAIOkHttpClient.builder()
          .apiKey("any")
          .baseUrl("http://127.0.0.1:%d/v1".formatted(stack.port()))
          .maxRetries(1)
          .timeout(Duration.ofSeconds(Waits.SECONDS))
          .build();

  /** What the schema of a structured answer is made from. */
  public static final class Weather {
    public String city = "";
    public int degrees;
  }

  @AfterEach
  void close() {
    client.close();
    stack.close();
  }

  @Test
  void getsWholeAnswers() {
    stack.answer("hi", Script.text("Hello ", "world").withCounts(7, 2));
    ChatCompletion whole = client.chat().completions().create(ask("hi").build()).validate();
    assertThat(text(whole)).isEqualTo("Hello world");
    assertThat(whole.usage().orElseThrow().promptTokens()).isEqualTo(7);
    assertThat(whole.usage().orElseThrow().completionTokens()).isEqualTo(2);
  }

  @Test
  void getsStreamedAnswers() {
    stack.answer("hi", Script.text("Hello ", "world").withCounts(7, 2));
    ChatCompletionStreamOptions usage =
        ChatCompletionStreamOptions.builder().includeUsage(true).build();
    ChatCompletion sum = streamed(ask("hi").streamOptions(usage).build());
    assertThat(text(sum)).isEqualTo("Hello world");
    assertThat(sum.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    assertThat(sum.usage().orElseThrow().totalTokens()).isEqualTo(9);
  }

  @Test
  void callsToolsAndSendsTheirResults() {
    stack.answer(QUESTION, Script.of(new Step.ToolCall("measure", "{\"city\":\"Paris\"}")));
    stack.answer(MEASURED, Script.text("22 degrees."));
    ChatCompletionCreateParams.Builder conversation = ask(QUESTION).addFunctionTool(measure());

    ChatCompletion first = client.chat().completions().create(conversation.build()).validate();
    ChatCompletionMessageFunctionToolCall call = call(first);
    assertThat(call.function().name()).isEqualTo("measure");
    assertThat(call.function().arguments()).isEqualTo("{\"city\":\"Paris\"}");
    conversation.addMessage(first.choices().getFirst().message());
    conversation.addMessage(
        ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content(MEASURED).build());

    assertThat(text(streamed(conversation.build()))).isEqualTo("22 degrees.");
    assertThat(lastBody()).contains("\"tool_calls\":[", "\"role\":\"tool\"", "\"tool_name\"");
  }

  @Test
  void callsToolsInStreams() {
    stack.answer(QUESTION, Script.of(new Step.ToolCall("measure", "{\"city\":\"Paris\"}")));
    ChatCompletion sum = streamed(ask(QUESTION).addFunctionTool(measure()).build());
    assertThat(call(sum).function().arguments()).isEqualTo("{\"city\":\"Paris\"}");
    assertThat(sum.choices().getFirst().finishReason())
        .isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
  }

  @Test
  void getsAnswersOfAShape() {
    stack.answer(QUESTION, Script.text("{\"city\":\"Paris\",", "\"degrees\":22}"));
    Weather weather =
        client
            .chat()
            .completions()
            .create(ask(QUESTION).responseFormat(Weather.class).build())
            .choices()
            .getFirst()
            .message()
            .content()
            .orElseThrow();
    assertThat(weather.city).isEqualTo("Paris");
    assertThat(weather.degrees).isEqualTo(22);
    assertThat(lastBody()).contains("\"format\":{", "\"degrees\":{\"type\":\"integer\"}");
  }

  @Test
  void knowsTheErrors() {
    NotFoundException unknown =
        catchThrowableOfType(
            NotFoundException.class,
            () -> client.chat().completions().create(ask("hi").model("nobody").build()));
    assertThat(unknown.code()).contains("model_not_found");
    BadRequestException tooLong =
        catchThrowableOfType(
            BadRequestException.class,
            () -> client.chat().completions().create(ask("far ".repeat(10_000)).build()));
    assertThat(tooLong.code()).contains("context_length_exceeded");
    assertThat(tooLong.getMessage()).contains("maximum context length is 4096 tokens");
    assertThat(stack.chats()).isLessThanOrEqualTo(1);
  }

  @Test
  void listsAndFindsModels() {
    List<String> names = client.models().list().data().stream().map(Model::id).toList();
    assertThat(names).containsExactlyInAnyOrder("m", "ollama/coder", "a/b/c");
    for (String name : names) {
      assertThat(client.models().retrieve(name).validate().id()).isEqualTo(name);
    }
    NotFoundException unknown =
        catchThrowableOfType(NotFoundException.class, () -> client.models().retrieve("no/body"));
    assertThat(unknown.code()).contains("model_not_found");
  }

  @Test
  void comesBackWhenTheQueueWasFull() throws Exception {
    Gate gate = new Gate();
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    stack.answer("hi", Script.text("there"));
    // From this it learns how short the wait will be.
    client.chat().completions().create(ask("hi").build());
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
    try (RawClient busy = stack.asking(Chat.streamed("hold"))) {
      busy.head();
      long start = System.nanoTime();
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(
              () -> text(client.chat().completions().create(ask("hi").build())));
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.REFUSED);
      gate.open();
      assertThat(Waits.done(answer)).isEqualTo("there");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LEAST_RETRY);
    }
  }

  private static ChatCompletionCreateParams.Builder ask(String question) {
    return ChatCompletionCreateParams.builder().model(Recipe.MODEL).addUserMessage(question);
  }

  private static FunctionDefinition measure() {
    FunctionParameters parameters =
        FunctionParameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
            .build();
    return FunctionDefinition.builder().name("measure").parameters(parameters).build();
  }

  private ChatCompletion streamed(ChatCompletionCreateParams params) {
    ChatCompletionAccumulator sum = ChatCompletionAccumulator.create();
    try (StreamResponse<ChatCompletionChunk> chunks =
        client.chat().completions().createStreaming(params)) {
      chunks.stream().forEach(chunk -> sum.accumulate(chunk.validate()));
    }
    return sum.chatCompletion();
  }

  private static String text(ChatCompletion completion) {
    return completion.choices().getFirst().message().content().orElse("");
  }

  private static ChatCompletionMessageFunctionToolCall call(ChatCompletion completion) {
    return completion
        .choices()
        .getFirst()
        .message()
        .toolCalls()
        .orElseThrow()
        .getFirst()
        .asFunction();
  }

  private String lastBody() {
    return stack.ollama(0).seen().last().stream()
        .filter(seen -> seen.path().equals("/api/chat"))
        .findFirst()
        .orElseThrow()
        .body();
  }
}
