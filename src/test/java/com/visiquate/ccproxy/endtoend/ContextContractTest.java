package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A prompt fits the model's window of 4,096 tokens, or its client is told so; never is it cut. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class ContextContractTest {
  private static final int WINDOW = 4_096;
  private static final int CHARACTERS_A_TOKEN = 4;
  private static final int LESSONS = 24;
  private static final String CHAT_WORDS =
      "This model's maximum context length is 4096 tokens. However, your messages resulted in"
          + " (\\d+) tokens. Please reduce the length of the messages.";

  /** How a family asks, and how it is refused. */
  private enum Form {
    CHAT(Chat.PATH, 400, CHAT_WORDS, "context_length_exceeded"),
    CHAT_STREAM(Chat.PATH, 400, CHAT_WORDS, "context_length_exceeded"),
    MESSAGES(
        "/v1/messages",
        400,
        "prompt is too long: (\\d+) tokens > 4096 maximum",
        "\"invalid_request_error\""),
    RESPONSES("/v1/responses", 400, CHAT_WORDS, "context_length_exceeded"),
    /** Codex knows it by its event only. */
    RESPONSES_STREAM(
        "/v1/responses",
        200,
        "The prompt has (\\d+) tokens, the model's context window 4096; shorten",
        "event: response.failed");

    private final String path;
    private final int status;
    private final Pattern words;
    private final String more;

    Form(String path, int status, String words, String more) {
      this.path = path;
      this.status = status;
      this.words = Pattern.compile(words);
      this.more = more;
    }

    String body(String text) {
      String stream = name().endsWith("_STREAM") ? ",\"stream\":true" : "";
      return switch (this) {
        case CHAT, CHAT_STREAM -> Chat.body(text, stream);
        case MESSAGES ->
            "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted(text);
        case RESPONSES, RESPONSES_STREAM ->
            "{\"model\":\"m\",\"input\":\"%s\"%s}".formatted(text, stream);
      };
    }

    /** Checks the refusal; the size that it tells. */
    int refused(RawClient.Reply reply) {
      assertThat(reply.status()).isEqualTo(status);
      assertThat(reply.body()).contains(more).containsPattern(words);
      return words.matcher(reply.body()).results().findFirst().map(Form::number).orElseThrow();
    }

    private static int number(MatchResult found) {
      return Integer.parseInt(found.group(1));
    }
  }

  private final Gate gate = new Gate();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    gate.open();
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void ollamaDecidesWhileNothingIsKnownOfTheModel(Form form) throws IOException {
    Stack stack = stack("");
    RawClient client = opened(stack.client());

    RawClient.Reply reply = client.post(form.path, form.body(prompt(3 * WINDOW))).reply();

    assertThat(form.refused(reply)).isGreaterThan(WINDOW);
    assertThat(stack.chats()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void whatClearlyDoesNotFitIsRefusedBeforeItWaits(Form form) throws IOException {
    Stack stack = stack("queue: {length: 0}");
    RawClient client = taught(stack);
    opened(stack.asking(Chat.streamed("hold"))).head();
    long asked = stack.chats();

    RawClient.Reply reply = client.post(form.path, form.body(prompt(2 * WINDOW))).reply();

    assertThat(form.refused(reply)).isBetween(WINDOW * 17 / 10, WINDOW * 23 / 10);
    assertThat(stack.chats()).isEqualTo(asked);
    // Although it might have been refused for the queue, which is full.
    assertThat(client.post(Chat.PATH, Chat.whole("short")).reply().status()).isEqualTo(503);
  }

  @Test
  void whatMayFitIsSentAndOllamaDecides() throws IOException {
    Stack stack = stack("");
    RawClient client = taught(stack);
    long asked = stack.chats();

    RawClient.Reply reply = client.post(Chat.PATH, Chat.whole(prompt(WINDOW * 105 / 100))).reply();

    Form.CHAT.refused(reply);
    assertThat(stack.chats()).isEqualTo(asked + 1);
  }

  @Test
  void whatMayBeRepetitionIsSentAndOllamaDecides() throws IOException {
    Stack stack = stack("");
    RawClient client = taught(stack);
    long asked = stack.chats();

    client.post(Chat.PATH, Chat.whole(" ".repeat(3 * WINDOW * CHARACTERS_A_TOKEN))).reply();

    assertThat(stack.chats()).isEqualTo(asked + 1);
  }

  @Test
  void aRefusalIsRecordedAsOne() throws IOException {
    Stack stack = stack("");
    RawClient client = taught(stack);
    for (int i = 0; i < LESSONS; i++) {
      stack.nextEnd();
    }

    client.post(Chat.PATH, Chat.whole(prompt(3 * WINDOW))).reply();

    assertThat(stack.nextEnd())
        .satisfies(end -> assertThat(end.outcome()).isEqualTo(Outcome.REFUSED))
        .satisfies(end -> assertThat(end.alias()).isEqualTo("m"))
        .satisfies(end -> assertThat(end.placement()).isNull());
    assertThat(stack.metrics())
        .contains("ccproxy_prompt_error_count{model=\"m\"}")
        .contains("kind=\"prompt_too_long\"");
  }

  @Test
  void everyFamilyAsksWithTheSameLoadTimeOptionsWhateverItsClientSays() throws IOException {
    Stack stack = stack("");
    String wishes =
        ",\"options\":{\"num_ctx\":999,\"num_batch\":7,\"num_gpu\":1},\"keep_alive\":0,"
            + "\"num_ctx\":999,\"truncate\":true,\"shift\":true,\"max_tokens\":900000,"
            + "\"max_output_tokens\":900000}";
    for (Form form : Form.values()) {
      String body = form.body("short");
      stack.client().post(form.path, body.substring(0, body.length() - 1) + wishes).reply();

      assertThat(stack.lastChat())
          .as(form.path)
          .contains("\"truncate\":false,\"shift\":false,\"keep_alive\":-1")
          .contains("\"options\":{\"num_ctx\":4096,\"num_predict\":4096}");
    }
  }

  @Test
  void theWindowIsPublished() throws IOException {
    assertThat(stack("").read("/v1/models").body()).contains("\"context_length\":4096");
  }

  /**
   * A client on one connection, whose event loop has seen how large prompts are: each learns for
   * itself.
   */
  private RawClient taught(Stack stack) throws IOException {
    RawClient client = opened(stack.client());
    for (int i = 0; i < LESSONS; i++) {
      String body = Chat.whole("%d %s".formatted(i, prompt(3_000)));
      assertThat(client.post(Chat.PATH, body).reply().status()).isEqualTo(200);
    }
    return client;
  }

  /** A text of about so many tokens without any repetition of a letter. */
  private static String prompt(int tokens) {
    return "abcd".repeat(tokens);
  }

  private Stack stack(String more) {
    Stack stack = opened(Stack.start(Recipe.of(1, Recipe.instant()).with(more)));
    return stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
  }

  private <T extends AutoCloseable> T opened(T each) {
    open.add(each);
    return each;
  }
}
