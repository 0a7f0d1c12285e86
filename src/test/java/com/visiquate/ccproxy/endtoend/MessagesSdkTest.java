package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.InternalServerException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.SseException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import com.anthropic.models.models.ModelInfo;
import com.anthropic.models.models.ModelListParams;
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
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Anthropic's own client in front of the whole gateway. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class MessagesSdkTest {
  private static final Duration LEAST_RETRY = Duration.ofMillis(1_600);
  private static final String QUESTION = "How warm is it in Paris?";
  private static final String MEASURED = "{\"degrees\":22}";
  private final Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant())
              .with("queue: {length: 0}\naliases: {claude-opus-5: m, a/b/c: m}"));
  private final AnthropicClient client =
      AnthropicOkHttpClient.builder()
          .apiKey("any")
          .baseUrl("http://127.0.0.1:" + stack.port())
          .maxRetries(1)
          .timeout(Duration.ofSeconds(Waits.SECONDS))
          .build();

  @AfterEach
  void close() {
    client.close();
    stack.close();
  }

  @Test
  void getsWholeAnswers() {
    stack.answer("hi", Script.text("Hello ", "world").withCounts(7, 2));

    Message whole = client.messages().create(ask("hi").build());

    assertThat(text(whole)).isEqualTo("Hello world");
    assertThat(whole.stopReason()).contains(StopReason.END_TURN);
    assertThat(whole.usage().inputTokens()).isEqualTo(7);
    assertThat(whole.usage().outputTokens()).isEqualTo(2);
  }

  @Test
  void getsStreamedAnswers() {
    stack.answer("hi", Script.text("Hello ", "world").withCounts(7, 2));

    Message sum = streamed(ask("hi").build());

    assertThat(text(sum)).isEqualTo("Hello world");
    assertThat(sum.stopReason()).contains(StopReason.END_TURN);
    assertThat(sum.usage().outputTokens()).isEqualTo(2);
  }

  @Test
  void callsToolsAndSendsTheirResults() {
    stack.answer(QUESTION, Script.of(new Step.ToolCall("measure", "{\"city\":\"Paris\"}")));
    stack.answer(MEASURED, Script.text("22 degrees."));
    MessageCreateParams.Builder conversation = ask(QUESTION).addTool(measure());

    Message first = client.messages().create(conversation.build());
    assertThat(first.stopReason()).contains(StopReason.TOOL_USE);
    assertThat(call(first)._input()).hasToString("{city=Paris}");
    conversation.addMessage(first).addUserMessageOfContentBlockParams(result(call(first)));

    assertThat(text(streamed(conversation.build()))).isEqualTo("22 degrees.");
    assertThat(stack.lastChat()).contains("\"tool_calls\":[", "\"role\":\"tool\"", "\"tool_name\"");
  }

  @Test
  void callsToolsInStreams() {
    stack.answer(QUESTION, Script.of(new Step.ToolCall("measure", "{\"city\":\"Paris\"}")));

    Message sum = streamed(ask(QUESTION).addTool(measure()).build());

    assertThat(call(sum).name()).isEqualTo("measure");
    assertThat(call(sum)._input()).hasToString("{city=Paris}");
    assertThat(sum.stopReason()).contains(StopReason.TOOL_USE);
  }

  @Test
  void thinksAndIsRemindedOfIt() {
    stack.answer("hi", Script.of(new Step.Thinking("Well. "), new Step.Text("Hello")));
    stack.answer("and?", Script.text("Bye"));
    MessageCreateParams.Builder conversation = ask("hi").enabledThinking(1_024);

    Message first = streamed(conversation.build());
    assertThat(first.content().getFirst().asThinking().thinking()).isEqualTo("Well. ");
    assertThat(first.content().getFirst().asThinking().signature()).isNotEmpty();
    client.messages().create(conversation.addMessage(first).addUserMessage("and?").build());

    assertThat(stack.lastChat()).contains("\"thinking\":\"Well. \"", "\"think\":true");
  }

  @Test
  void knowsTheErrors() {
    NotFoundException unknown =
        catchThrowableOfType(
            NotFoundException.class,
            () -> client.messages().create(ask("hi").model("nobody").build()));
    assertThat(unknown.getMessage()).contains("not_found_error", "model: ");
    assertThat(unknown.requestId().orElseThrow()).startsWith("req_");

    BadRequestException tooLong =
        catchThrowableOfType(
            BadRequestException.class,
            () -> client.messages().create(ask("far ".repeat(10_000)).build()));
    assertThat(tooLong.getMessage()).containsPattern("prompt is too long: \\d+ tokens > 4096 max");
    assertThat(tooLong.headers().values("x-should-retry")).containsExactly("false");
    assertThat(stack.chats()).isLessThanOrEqualTo(1);
  }

  @Test
  void knowsAFailureOfOllama() {
    stack.answer("hi", Script.of(new Step.Fail(Script.RUNNER_STOPPED)));

    InternalServerException failed =
        catchThrowableOfType(
            InternalServerException.class, () -> client.messages().create(ask("hi").build()));

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.getMessage()).contains("api_error");
  }

  @Test
  void knowsAStreamThatBreaks() {
    Gate gate = new Gate();
    stack.answer(
        "hi",
        Script.of(
            new Step.Text("half"), new Step.Hold(gate), new Step.Fail(Script.RUNNER_STOPPED)));

    SseException broken =
        catchThrowableOfType(
            SseException.class,
            () -> {
              try (StreamResponse<RawMessageStreamEvent> events =
                  client.messages().createStreaming(ask("hi").build())) {
                events.stream().forEach(event -> gate.open());
              }
            });

    assertThat(broken.getMessage()).contains("overloaded_error");
  }

  @Test
  void comesBackWhenTheQueueWasFull() throws Exception {
    Gate gate = new Gate();
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    stack.answer("hi", Script.text("there"));
    // From this it learns how short the wait will be.
    client.messages().create(ask("hi").build());
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
    try (RawClient busy = stack.asking(Chat.streamed("hold"))) {
      busy.head();
      long start = System.nanoTime();
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> text(client.messages().create(ask("hi").build())));
      assertThat(stack.nextEnd().status()).isEqualTo(429);
      gate.open();
      assertThat(Waits.done(answer)).isEqualTo("there");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(LEAST_RETRY);
    }
  }

  @Test
  void countsTokensWithoutAnyOllama() {
    MessageCountTokensParams.Builder question =
        MessageCountTokensParams.builder().model("claude-opus-5").addUserMessage("Count this.");

    long few = client.messages().countTokens(question.build()).inputTokens();
    long more = client.messages().countTokens(question.system("Be brief.").build()).inputTokens();

    assertThat(few).isPositive();
    assertThat(more).isGreaterThan(few);
    assertThat(stack.chats()).isZero();
  }

  @Test
  void listsAndFindsModelsInPages() {
    List<String> names =
        client.models().list(ModelListParams.builder().limit(2).build()).autoPager().stream()
            .map(ModelInfo::id)
            .toList();

    assertThat(names).containsExactlyInAnyOrder("m", "claude-opus-5", "a/b/c");
    for (String name : names) {
      assertThat(client.models().retrieve(name).id()).isEqualTo(name);
      assertThat(client.models().retrieve(name).maxInputTokens()).contains(4096L);
    }
    NotFoundException unknown =
        catchThrowableOfType(NotFoundException.class, () -> client.models().retrieve("no/body"));
    assertThat(unknown.getMessage()).contains("not_found_error");
  }

  private static MessageCreateParams.Builder ask(String question) {
    return MessageCreateParams.builder()
        .model(Recipe.MODEL)
        .maxTokens(1_024)
        .addUserMessage(question);
  }

  private static Tool measure() {
    Tool.InputSchema.Properties properties =
        Tool.InputSchema.Properties.builder()
            .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
            .build();
    Tool.InputSchema schema = Tool.InputSchema.builder().properties(properties).build();
    return Tool.builder().name("measure").inputSchema(schema).build();
  }

  private static List<ContentBlockParam> result(ToolUseBlock call) {
    return List.of(
        ContentBlockParam.ofToolResult(
            ToolResultBlockParam.builder().toolUseId(call.id()).content(MEASURED).build()));
  }

  private Message streamed(MessageCreateParams params) {
    MessageAccumulator sum = MessageAccumulator.create();
    try (StreamResponse<RawMessageStreamEvent> events = client.messages().createStreaming(params)) {
      events.stream().forEach(sum::accumulate);
    }
    return sum.message();
  }

  private static String text(Message message) {
    return message.content().stream()
        .flatMap(block -> block.text().stream())
        .map(text -> text.text())
        .reduce("", String::concat);
  }

  private static ToolUseBlock call(Message message) {
    return message.content().stream()
        .filter(ContentBlock::isToolUse)
        .findFirst()
        .orElseThrow()
        .asToolUse();
  }
}
