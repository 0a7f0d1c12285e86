package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.StructuredContentBlock;
import com.anthropic.models.messages.Tool;
import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.chat.completions.StructuredChatCompletionCreateParams;
import com.openai.models.chat.completions.StructuredChatCompletionMessage;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.StructuredResponse;
import com.openai.models.responses.StructuredResponseOutputItem;
import com.visiquate.ccproxy.simulator.speech.Script;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The helpers of the official clients that parse an answer of a shape, with tools beside it. */
@Tag("endtoend")
final class StructuredSdkTest {
  private static final String QUESTION = "How warm is it in Paris?";
  private static final String MEASURED = "{\"degrees\":22}";
  private final Stack stack = Stack.start(Recipe.of(1, Recipe.instant()));
  private final OpenAIClient openai =
      OpenAIOkHttpClient.builder()
          .apiKey("any")
          .baseUrl("http://127.0.0.1:%d/v1".formatted(stack.port()))
          .maxRetries(0)
          .timeout(Duration.ofSeconds(Waits.SECONDS))
          .build();
  private final AnthropicClient anthropic =
      AnthropicOkHttpClient.builder()
          .apiKey("any")
          .baseUrl("http://127.0.0.1:" + stack.port())
          .maxRetries(0)
          .timeout(Duration.ofSeconds(Waits.SECONDS))
          .build();

  /** What an answer must look like. */
  public static final class Weather {
    public String city = "";
    public int degrees;
  }

  /** What can be called. */
  @JsonClassDescription("Measures the temperature.")
  public static final class Measure {
    public String city = "";
  }

  @BeforeEach
  void script() {
    stack.answer(
        QUESTION, Script.text("{\"name\": \"Mea", "sure\", \"arguments\": {\"city\": \"Paris\"}}"));
    stack.answer(MEASURED, Script.text("{\"city\": \"Paris\",", " \"degrees\": 22}"));
  }

  @AfterEach
  void close() {
    openai.close();
    anthropic.close();
    stack.close();
  }

  @Test
  void chatsCallFirstAndParseThen() {
    StructuredChatCompletionCreateParams.Builder<Weather> conversation =
        ChatCompletionCreateParams.builder()
            .model(Recipe.MODEL)
            .addUserMessage(QUESTION)
            .responseFormat(Weather.class)
            .addTool(Measure.class);

    StructuredChatCompletionMessage<Weather> first = said(conversation);
    ChatCompletionMessageFunctionToolCall call =
        first.toolCalls().orElseThrow().getFirst().asFunction();
    assertThat(first.content()).isEmpty();
    assertThat(call.function().arguments(Measure.class).city).isEqualTo("Paris");
    conversation.addMessage(first.rawMessage());
    conversation.addMessage(
        ChatCompletionToolMessageParam.builder().toolCallId(call.id()).content(MEASURED).build());

    assertThat(said(conversation).content().orElseThrow().degrees).isEqualTo(22);
  }

  @Test
  void responsesCallOrParse() {
    StructuredResponseOutputItem<Weather> call = responded(QUESTION);
    assertThat(call.asFunctionCall().arguments(Measure.class).city).isEqualTo("Paris");

    StructuredResponseOutputItem<Weather> answer = responded(MEASURED);
    assertThat(answer.asMessage().content().getFirst().asOutputText().degrees).isEqualTo(22);
  }

  @Test
  void messagesCallOrParse() {
    StructuredContentBlock<Weather> call = messaged(QUESTION);
    assertThat(call.toolUse().orElseThrow()._input()).hasToString("{city=Paris}");

    StructuredContentBlock<Weather> answer = messaged(MEASURED);
    assertThat(answer.text().orElseThrow().text().degrees).isEqualTo(22);
  }

  private StructuredChatCompletionMessage<Weather> said(
      StructuredChatCompletionCreateParams.Builder<Weather> conversation) {
    return openai.chat().completions().create(conversation.build()).choices().getFirst().message();
  }

  private StructuredResponseOutputItem<Weather> responded(String question) {
    StructuredResponse<Weather> response =
        openai
            .responses()
            .create(
                ResponseCreateParams.builder()
                    .model(Recipe.MODEL)
                    .input(question)
                    .addTool(Measure.class)
                    .text(Weather.class)
                    .build());
    return response.output().getFirst();
  }

  private StructuredContentBlock<Weather> messaged(String question) {
    Tool.InputSchema city =
        Tool.InputSchema.builder()
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
            .build();
    return anthropic
        .messages()
        .create(
            MessageCreateParams.builder()
                .model(Recipe.MODEL)
                .maxTokens(99)
                .addUserMessage(question)
                .addTool(Tool.builder().name("Measure").inputSchema(city).build())
                .outputConfig(Weather.class)
                .build())
        .content()
        .getFirst();
  }
}
