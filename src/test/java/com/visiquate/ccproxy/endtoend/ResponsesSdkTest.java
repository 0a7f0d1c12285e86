package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.responses.FunctionTool;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputText;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** OpenAI's own client of the Responses API in front of the whole gateway. */
@Tag("endtoend")
final class ResponsesSdkTest {
  private static final String QUESTION = "How warm is it in Paris?";
  private static final String MEASURED = "{\"degrees\":22}";
  private final Stack stack = Stack.start(Recipe.of(1, Recipe.instant()));
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
  void getsWholeAnswers() {
    stack.answer("hi", Script.text("Hello ", "world").withCounts(7, 2));

    Response whole = client.responses().create(ask("hi").build()).validate();

    assertThat(text(whole)).isEqualTo("Hello world");
    assertThat(whole.status()).contains(ResponseStatus.COMPLETED);
    assertThat(whole.usage().orElseThrow().inputTokens()).isEqualTo(7);
    assertThat(whole.usage().orElseThrow().outputTokens()).isEqualTo(2);
  }

  @Test
  void getsStreamedAnswers() {
    stack.answer("hi", Script.of(new Step.Thinking("Well. "), new Step.Text("Hello")));

    Response sum = streamed(ask("hi").build());

    assertThat(text(sum)).isEqualTo("Hello");
    assertThat(sum.output().getFirst().asReasoning().summary().getFirst().text())
        .isEqualTo("Well. ");
    assertThat(sum.status()).contains(ResponseStatus.COMPLETED);
  }

  @Test
  void callsToolsAndGoesOnFromTheResponse() {
    stack.answer(QUESTION, Script.of(new Step.ToolCall("measure", "{\"city\":\"Paris\"}")));
    stack.answer(MEASURED, Script.text("22 degrees."));
    stack.answer("And now?", Script.text("Still."));

    Response first = streamed(ask(QUESTION).addTool(measure()).build());
    ResponseFunctionToolCall call = first.output().getLast().asFunctionCall();
    assertThat(call.name()).isEqualTo("measure");
    assertThat(call.arguments()).isEqualTo("{\"city\":\"Paris\"}");
    Response second =
        client.responses().create(after(first).inputOfResponse(List.of(result(call))).build());
    Response third = streamed(after(second).input("And now?").build());

    assertThat(text(second)).isEqualTo("22 degrees.");
    assertThat(text(third)).isEqualTo("Still.");
    assertThat(stack.lastChat())
        .containsSubsequence(QUESTION, "\"tool_calls\":[", "\"role\":\"tool\"", "22 degrees.");
  }

  @Test
  void goesOnFromAnyConnection() {
    stack.answer("one", Script.text("1")).answer("two", Script.text("2"));
    Response last = client.responses().create(ask("one").build());
    for (int turn = 0; turn < 20; turn++) {
      // Its connections end, so that the gateway's event loops take the turns in turn.
      last =
          client
              .responses()
              .create(after(last).input("two").putAdditionalHeader("Connection", "close").build());
      assertThat(text(last)).isEqualTo("2");
    }
    assertThat(stack.lastChat().split("\"content\":\"two\"", -1)).hasSize(21);
  }

  @Test
  void showsAndForgetsWhatWasAnswered() {
    stack.answer("hi", Script.text("Hello"));
    Response response = client.responses().create(ask("hi").build());

    assertThat(client.responses().retrieve(response.id()).validate()).isEqualTo(response);
    assertThat(client.responses().inputItems().list(response.id()).items()).hasSize(1);
    client.responses().delete(response.id());

    assertThat(missing(response.id()).statusCode()).isEqualTo(404);
    assertThat(unknown(response).code()).contains("previous_response_not_found");
  }

  @Test
  void remembersNothingThatShouldNotBeStored() {
    stack.answer("hi", Script.text("Hello"));

    Response response = client.responses().create(ask("hi").store(false).build());

    assertThat(missing(response.id()).statusCode()).isEqualTo(404);
    assertThat(unknown(response).code()).contains("previous_response_not_found");
    assertThat(stack.chats()).isEqualTo(1);
  }

  private NotFoundException missing(String id) {
    return catchThrowableOfType(NotFoundException.class, () -> client.responses().retrieve(id));
  }

  private BadRequestException unknown(Response previous) {
    return catchThrowableOfType(
        BadRequestException.class,
        () -> client.responses().create(after(previous).input("hi").build()));
  }

  private static ResponseCreateParams.Builder ask(String question) {
    return ResponseCreateParams.builder().model(Recipe.MODEL).input(question);
  }

  private static ResponseCreateParams.Builder after(Response previous) {
    return ResponseCreateParams.builder().model(Recipe.MODEL).previousResponseId(previous.id());
  }

  private static ResponseInputItem result(ResponseFunctionToolCall call) {
    return ResponseInputItem.ofFunctionCallOutput(
        ResponseInputItem.FunctionCallOutput.builder()
            .callId(call.callId())
            .output(MEASURED)
            .build());
  }

  private static FunctionTool measure() {
    FunctionTool.Parameters parameters =
        FunctionTool.Parameters.builder()
            .putAdditionalProperty("type", JsonValue.from("object"))
            .putAdditionalProperty(
                "properties", JsonValue.from(Map.of("city", Map.of("type", "string"))))
            .build();
    return FunctionTool.builder().name("measure").parameters(parameters).strict(false).build();
  }

  private Response streamed(ResponseCreateParams params) {
    ResponseAccumulator sum = ResponseAccumulator.create();
    try (StreamResponse<ResponseStreamEvent> events = client.responses().createStreaming(params)) {
      events.stream().forEach(event -> sum.accumulate(event.validate()));
    }
    return sum.response();
  }

  private static String text(Response response) {
    return response.output().stream()
        .flatMap(item -> item.message().stream())
        .flatMap(message -> message.content().stream())
        .flatMap(part -> part.outputText().stream())
        .map(ResponseOutputText::text)
        .collect(Collectors.joining());
  }
}
