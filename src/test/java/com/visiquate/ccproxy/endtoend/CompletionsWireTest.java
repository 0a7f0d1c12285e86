package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.completions.CompletionStreamGrammar;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Completions and embeddings as bytes on the wire: waiting, failing, and leaving. */
@Tag("endtoend")
final class CompletionsWireTest {
  private static final String COMPLETIONS = "/v1/completions";
  private static final String EMBEDDINGS = "/v1/embeddings";
  private static final SimulatedModel EMBEDDER = SimulatedModel.plain("e", Capability.EMBEDDING);
  private static final SimulatedModel WRITER =
      SimulatedModel.plain("m", Capability.COMPLETION, Capability.INSERT);
  private static final Profile BOTH = Recipe.instant().withModels(WRITER, EMBEDDER);

  private final Gate gate = new Gate();
  private Stack stack = Stack.start(Recipe.of(2, BOTH).models("m", "e"));

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  private void restart(Recipe recipe) {
    stack.close();
    stack = Stack.start(recipe);
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    stack.answer("next", Script.text("n"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/%s", "/%s", "/v1/%s/", "/v1/v1/%s", "//v1//%s"})
  void areFoundHoweverTheBaseAddressIsWritten(String path) throws IOException {
    assertThat(post(path.formatted("completions"), whole("hi")).status()).isEqualTo(200);
    assertThat(post(path.formatted("embeddings"), embed("\"hi\"")).status()).isEqualTo(200);
  }

  @Test
  void answersSayWhereTheyRan() throws IOException {
    RawClient.Reply reply = post(EMBEDDINGS, embed("\"hi\""));

    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.header("x-request-id")).isNotEmpty();
    assertThat(reply.header("x-ccproxy-model")).isEqualTo("e");
    assertThat(reply.header("x-ccproxy-backend")).isIn("b0", "b1");
  }

  @Test
  void aStreamIsValidToItsLastByte() throws IOException {
    stack.answer("one", Script.text(" 1", " and", " more"));
    stack.answer("two", Script.text(" 2"));
    RawClient.Reply reply =
        post(
            COMPLETIONS,
            "{\"model\":\"m\",\"prompt\":[\"one\",\"two\"],\"n\":2,\"stream\":true,"
                + "\"stream_options\":{\"include_usage\":true}}");

    assertThat(reply.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
    CompletionStreamGrammar heard = CompletionStreamGrammar.check(reply.body().getBytes(UTF_8), 4);
    assertThat(IntStream.range(0, 4).mapToObj(heard::text))
        .containsExactly(" 1 and more", " 1 and more", " 2", " 2");
    assertThat(heard.usage()).isNotNull();
  }

  @Test
  void waitingStreamsHearAPing() throws IOException {
    restart(Recipe.of(1, BOTH).with("waiting: {commit-after: 50ms, heartbeat: 50ms}"));
    try (RawClient busy = stack.client().post(COMPLETIONS, streamed("hold"));
        RawClient waiting = busyThen(busy, streamed("next"))) {
      RawClient.Reply head = waiting.head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(waiting.text()).isEqualTo(Chat.PING);
      assertThat(waiting.text()).isEqualTo(Chat.PING);
      gate.open();
      byte[] rest = waiting.rest(head).body().getBytes(UTF_8);
      assertThat(CompletionStreamGrammar.check(rest, 1).text(0)).isEqualTo("n");
    }
  }

  @Test
  void beyondTheQueueTheyAreRefusedAndToldWhenToComeBack() throws IOException {
    restart(Recipe.of(1, BOTH).with("queue: {length: 0}"));
    try (RawClient busy = stack.client().post(COMPLETIONS, streamed("hold"));
        RawClient refused = busyThen(busy, whole("next"))) {
      RawClient.Reply reply = refused.reply();
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.body()).contains("\"code\":\"queue_full\"");
      assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1, 45);
      assertThat(reply.header("x-should-retry")).isEqualTo("true");
    }
  }

  @Test
  void oneTextTooManyRefusesAllOfThemAndLeavesNothingBehind() throws IOException {
    restart(Recipe.of(1, BOTH).with("queue: {length: 1}"));
    String body = "{\"model\":\"m\",\"prompt\":[\"hold\",\"next\",\"more\"],\"stream\":true}";

    RawClient.Reply reply = post(COMPLETIONS, body);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.REFUSED);
    gate.open();
    stack.untilSeen(0, seen -> seen.runningNow() == 0);
    assertThat(post(COMPLETIONS, whole("next")).status()).isEqualTo(200);
  }

  @Test
  void aFailureAfterTheFirstByteIsToldInTheStream() throws IOException {
    restart(Recipe.of(1, BOTH));
    stack.answer("hi", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")));
    Waits.done(stack.ollama(0).inject(new Fault.SilentEnd(2)));
    try (RawClient client = stack.client().post(COMPLETIONS, streamed("hi"))) {
      RawClient.Reply head = client.head();
      String first = client.text();
      gate.open();
      byte[] stream = (first + client.rest(head).body()).getBytes(UTF_8);

      CompletionStreamGrammar heard = CompletionStreamGrammar.check(stream, 1);
      assertThat(heard.text(0)).isEqualTo("ab");
      assertThat(heard.error()).isNotNull();
    }
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.BACKEND_LOST);
  }

  @Test
  void aFailureBeforeTheFirstByteIsHidden() throws IOException {
    Waits.done(stack.ollama(0).kill());

    for (int i = 0; i < 4; i++) {
      assertThat(post(EMBEDDINGS, embed("\"hi\"")).status()).isEqualTo(200);
      assertThat(post(COMPLETIONS, whole("hi")).status()).isEqualTo(200);
    }
  }

  @Test
  void aClientThatLeavesFreesEverySlotThatItsPartsHad() throws IOException {
    restart(Recipe.of(2, BOTH));
    String body = "{\"model\":\"m\",\"prompt\":[\"hold\",\"hold\",\"hold\"],\"stream\":true}";
    try (RawClient client = stack.client().post(COMPLETIONS, body)) {
      client.head();
      stack.untilSeen(0, seen -> seen.runningNow() == 1);
      stack.untilSeen(1, seen -> seen.runningNow() == 1);
    }

    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    gate.open();
    assertThat(post(COMPLETIONS, whole("next")).status()).isEqualTo(200);
    assertThat(stack.silentWaits()).isZero();
  }

  @Test
  void aLongListTakesItsTurnPartByPart() throws IOException {
    restart(Recipe.of(1, BOTH).models("m", "e").with("queue: {length: 8}"));
    String texts =
        IntStream.range(0, 1_000).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));

    RawClient.Reply reply = post(EMBEDDINGS, embed("[" + texts + "]"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).contains("\"index\":999");
    assertThat(stack.ollama(0).seen().requests("/api/embed")).isEqualTo(32);
    assertThat(stack.silentWaits()).isZero();
  }

  @Test
  void everyRequestIsCountedOnceUnderItsRoute() throws IOException {
    post(COMPLETIONS, "{\"model\":\"m\",\"prompt\":[\"a\",\"b\",\"c\"],\"max_tokens\":2}");
    post(EMBEDDINGS, embed("\"hi\""));

    assertThat(List.of(stack.nextEnd().route(), stack.nextEnd().route()))
        .containsExactly(COMPLETIONS, EMBEDDINGS);
    assertThat(stack.metrics()).contains("route=\"/v1/completions\"", "route=\"/v1/embeddings\"");
  }

  private RawClient busyThen(RawClient busy, String body) throws IOException {
    busy.head();
    return stack.client().post(COMPLETIONS, body);
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      return client.reply();
    }
  }

  private static String whole(String prompt) {
    return "{\"model\":\"m\",\"prompt\":\"%s\"}".formatted(prompt);
  }

  private static String streamed(String prompt) {
    return "{\"model\":\"m\",\"prompt\":\"%s\",\"stream\":true}".formatted(prompt);
  }

  private static String embed(String input) {
    return "{\"model\":\"e\",\"input\":%s}".formatted(input);
  }
}
