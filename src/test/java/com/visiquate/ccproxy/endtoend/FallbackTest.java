package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.engine.Seen;
import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a client gets when its model cannot answer and another one does. */
@Tag("endtoend")
final class FallbackTest {
  /** Some 12,000 tokens: too many for the one window, and not for the other. */
  private static final String LONG = "abcd".repeat(12_000);

  /** So many answers teach how long prompts are. */
  private static final int LESSONS = 24;

  private static final ModelName ASKED = new ModelName("m");
  private static final ModelName OTHER = new ModelName("n");

  /** How each family asks; {@code m} is the model of every request. */
  private enum Form {
    CHAT(Chat.PATH, Chat.whole("x")),
    CHAT_STREAM(Chat.PATH, Chat.streamed("x")),
    MESSAGES("/v1/messages", message("")),
    MESSAGES_STREAM("/v1/messages", message(",\"stream\":true")),
    RESPONSES("/v1/responses", "{\"model\":\"m\",\"input\":\"x\"}"),
    RESPONSES_STREAM("/v1/responses", "{\"model\":\"m\",\"input\":\"x\",\"stream\":true}"),
    NATIVE("/api/chat", ollama("false")),
    NATIVE_STREAM("/api/chat", ollama("true")),
    GENERATE("/api/generate", "{\"model\":\"m\",\"prompt\":\"x\",\"stream\":false}"),
    COMPLETIONS("/v1/completions", "{\"model\":\"m\",\"prompt\":\"x\"}"),
    COMPLETIONS_STREAM("/v1/completions", "{\"model\":\"m\",\"prompt\":\"x\",\"stream\":true}");

    private final String path;
    private final String body;

    Form(String path, String body) {
      this.path = path;
      this.body = body;
    }

    private static String message(String more) {
      return "{\"model\":\"m\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]%s}"
          .formatted(more);
    }

    private static String ollama(String stream) {
      return "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"stream\":%s}"
          .formatted(stream);
    }
  }

  private final Gate gate = new Gate();
  private Stack stack = start("");

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  @ParameterizedTest
  @EnumSource
  void answersInEveryFamilyWhenTheServerRefusesAtOnce(Form form) throws IOException {
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"));

    RawClient.Reply reply = ask(form);

    assertAnswered(reply, 2);
    assertThat(reply.body()).contains("\"m\"").doesNotContain("\"n\"");
    stack.untilMetric("ccproxy_fallbacks_total{model=\"m\",reason=\"backend_error\",to=\"n\"} 1.0");
  }

  @ParameterizedTest
  @EnumSource
  void answersInEveryFamilyWhenTheQueueIsFull(Form form) throws IOException {
    restart("queue: {length: 0}");
    try (RawClient holding = stack.asking(Chat.streamed("hold"))) {
      holding.head();
      assertAnswered(ask(form), 1);
    }
    stack.untilMetric("ccproxy_fallbacks_total{model=\"m\",reason=\"queue_full\",to=\"n\"} 1.0");
  }

  @Test
  void answersWhenNothingListensThere() throws IOException {
    Waits.done(stack.ollama(0).inject(new Fault.Refuse()));

    assertAnswered(ask(Form.CHAT));
    assertAnswered(ask(Form.CHAT_STREAM));
  }

  @Test
  void answersWhenTheServerIsKilledWhileItComputesThePrompt() throws IOException {
    try (RawClient client = stack.asking(Chat.streamed("silent"))) {
      stack.until(gate::isReached);
      stack.answer("silent", Script.text("hello"));
      Waits.done(stack.ollama(0).kill());

      assertAnswered(client.reply(), 2);
    }
  }

  @Test
  void answersWhenItsModelIsNotInstalled() throws IOException {
    restart("", "ollama: gone");

    assertAnswered(ask(Form.CHAT), 2);
    assertAnswered(ask(Form.MESSAGES_STREAM), 2);
  }

  @Test
  void answersWhenItHasWaitedLongEnough() throws IOException {
    restart("queue: {wait: 50ms}");
    try (RawClient holding = stack.asking(Chat.streamed("hold"))) {
      holding.head();
      assertAnswered(ask(Form.CHAT_STREAM), 1);
    }
  }

  @Test
  void sendsTheWindowAndTheOptionsOfTheModelThatAnswers() throws IOException {
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"));
    ask(Form.CHAT);

    assertThat(stack.ollama(1).seen().last())
        .filteredOn(seen -> seen.path().equals("/api/chat"))
        .last()
        .satisfies(
            seen ->
                assertThat(seen.body())
                    .contains("\"model\":\"n\"", "\"num_ctx\":32768", "\"temperature\":0.25"));
  }

  @Test
  void aStreamThatHasBegunWithAHeartbeatGoesOnWithoutNamingAModelTooEarly() throws IOException {
    restart("waiting: {commit-after: 20ms, heartbeat: 20ms}");
    stack.answer("fails", Script.of(new Step.Hold(gate), new Step.Fail(Script.RUNNER_STOPPED)));
    try (RawClient client = stack.asking(Chat.streamed("fails"))) {
      RawClient.Reply head = client.head();
      assertThat(client.text()).isEqualTo(Chat.PING);
      assertThat(head.headers()).doesNotContainKey("x-ccproxy-model");
      stack.until(gate::isReached);
      stack.answer("fails", Script.text("hello"));
      gate.open();
      RawClient.Reply rest = client.rest(head);

      assertThat(Chat.timeless(rest.body().replace(Chat.PING, "")))
          .isEqualTo(Chat.stream(head, "hello"));
    }
    assertThat(stack.nextEnd().placement())
        .satisfies(at -> assertThat(at.model()).isEqualTo(OTHER));
  }

  @Test
  void namesTheModelAtOnceThatHasNobodyBesideIt() throws IOException {
    restart("waiting: {commit-after: 20ms, heartbeat: 20ms}");
    try (RawClient client = stack.asking(Chat.streamed("silent").replace("\"m\"", "\"n\""))) {
      assertThat(client.head().header("x-ccproxy-model")).isEqualTo("n");
    }
  }

  @Test
  void isToldWhyItsOwnModelDidNotAnswerWhenNobodyDoes() throws IOException {
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"));
    stack.ollama(1).inject(new Fault.Reset(0));

    RawClient.Reply reply = ask(Form.CHAT);

    assertThat(reply.status()).isEqualTo(502);
    assertThat(reply.body()).contains("The model server is busy");
    assertThat(reply.header("x-ccproxy-attempts")).isEqualTo("2");
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.BACKEND_ERROR);
    assertThat(stack.chats()).as("each once").isEqualTo(2);
    assertThat(stack.endsLeft()).isZero();
  }

  @ParameterizedTest
  @EnumSource(names = {"CHAT", "MESSAGES", "RESPONSES", "COMPLETIONS"})
  void doesNotGoOnWhenItsClientDoesNotWantThat(Form form) throws IOException {
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"));
    String body = form.body.replaceFirst("\\{", "{\"disable_fallbacks\":true,");

    assertThat(post(form.path, body, Map.of()).status()).isGreaterThanOrEqualTo(500);
    assertThat(stack.ollama(1).seen().last()).noneMatch(FallbackTest::isWork);
    assertThat(stack.metrics()).doesNotContain("field=\"disable_fallbacks\"");
  }

  @Test
  void severalPartsHaveOneAuthor() throws IOException {
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"), new Extent.Next(2));
    String body = "{\"model\":\"m\",\"prompt\":[\"x\",\"y\"]}";

    assertThat(post("/v1/completions", body, Map.of()).status()).isEqualTo(502);
    assertThat(stack.ollama(1).seen().last()).noneMatch(FallbackTest::isWork);
  }

  @Test
  void whatIsWrongWithTheRequestIsWrongEverywhere() throws IOException {
    stack.ollama(0).inject(Fault.Status.error(400, "invalid format"));

    assertThat(ask(Form.CHAT).status()).isEqualTo(400);
    assertThat(stack.ollama(1).seen().requests("/api/chat")).isZero();
  }

  @Test
  void anEmbeddingIsNotMadeByAnotherModel() throws IOException {
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"));

    assertThat(post("/v1/embeddings", "{\"model\":\"m\",\"input\":\"x\"}", Map.of()).status())
        .isEqualTo(502);
    assertThat(stack.ollama(1).seen().requests("/api/embed")).isZero();
  }

  @Test
  void aPromptThatItsServerFindsTooLongGoesToALargerWindow() throws IOException {
    restart("", "context-fallbacks: [n]");
    stack.answer(LONG, Script.text("hello"));

    assertAnswered(post(Chat.PATH, Chat.streamed(LONG), Map.of()), 2);
    stack.untilMetric(
        "ccproxy_fallbacks_total{model=\"m\",reason=\"prompt_too_long\",to=\"n\"} 1.0");
  }

  @Test
  void aPromptThatIsClearlyTooLongIsNotTriedBefore() throws IOException {
    restart("", "context-fallbacks: [n]");
    stack.answer(LONG, Script.text("hello"));
    try (RawClient client = stack.client()) {
      for (int lesson = 0; lesson < LESSONS; lesson++) {
        String body = Chat.whole("%d %s".formatted(lesson, "abcd".repeat(3_000)));
        assertThat(client.post(Chat.PATH, body).reply().status()).isEqualTo(200);
        stack.nextEnd();
      }
      assertAnswered(client.post(Chat.PATH, Chat.whole(LONG)).reply(), 1);
    }
    assertThat(stack.ollama(0).seen().requests("/api/chat")).isEqualTo(LESSONS);
  }

  @Test
  void aKeyThatMayNotUseTheOtherModelDoesNotGetIt() throws IOException {
    restart(
        """
        keys:
          - {name: all, key: "sha256:%1$s"}
          - {name: one, key: "sha256:%2$s", models: [m]}\
        """
            .formatted(KeysTest.digest("all"), KeysTest.digest("one")));
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"), new Extent.Next(2));

    assertThat(post(Chat.PATH, Form.CHAT.body, Map.of("x-api-key", "one's")).status())
        .isEqualTo(502);
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.BACKEND_ERROR);
    assertAnswered(post(Chat.PATH, Form.CHAT.body, Map.of("x-api-key", "all's")), 2);
  }

  @Test
  void aClientThatLeavesTheOtherRoomLeavesNothingBehind() throws IOException {
    try (RawClient holding = stack.asking(Chat.streamed("hold").replace("\"m\"", "\"n\""))) {
      holding.head();
      stack.ollama(0).inject(Fault.Status.error(503, "server busy"));
      RawClient client = stack.asking(Form.CHAT_STREAM.body);
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"n\"} 1.0");
      assertThat(stack.read("/health/backlog").body()).isEqualTo("{\"in_flight_requests\":2}");
      assertThat(stack.read("/ccproxy/queue").body()).contains("\"place\":1");
      client.close();

      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"n\"} 0.0");
    }
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    stack.until(() -> backlog().equals("{\"in_flight_requests\":0}"));
    assertThat(stack.endsLeft()).isZero();
  }

  @Test
  void theDeadlineHoldsForAllModelsTogether() throws IOException {
    restart("limits: {total: 400ms}");
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"));
    RawClient.Reply reply = post(Chat.PATH, Chat.whole("silent"), Map.of());

    assertThat(reply.status()).isEqualTo(504);
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.TIMEOUT);
    assertThat(stack.endsLeft()).isZero();
  }

  private static boolean isWork(Seen.Received seen) {
    return seen.path().equals("/api/chat") || seen.path().equals("/api/generate");
  }

  private String backlog() {
    try {
      return stack.read("/health/backlog").body();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private void assertAnswered(RawClient.Reply reply, int attempts) {
    assertAnswered(reply);
    assertThat(reply.header("x-ccproxy-attempts")).isEqualTo(Integer.toString(attempts));
  }

  private void assertAnswered(RawClient.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.properlyEnded()).isTrue();
    assertThat(reply.header("x-ccproxy-model")).isEqualTo("n");
    assertThat(reply.header("x-ccproxy-backend")).isEqualTo("b1");
    ExchangeEnded end = stack.nextEnd();
    assertThat(end.outcome()).isEqualTo(Outcome.COMPLETED);
    assertThat(end.alias()).isEqualTo("m");
    assertThat(end.placement())
        .satisfies(
            at -> {
              assertThat(at.model()).isEqualTo(OTHER);
              assertThat(at.insteadOf()).isEqualTo(ASKED);
            });
    assertThat(stack.endsLeft()).isZero();
  }

  private RawClient.Reply ask(Form form) throws IOException {
    return post(form.path, form.body, Map.of());
  }

  private RawClient.Reply post(String path, String body, Map<String, String> headers)
      throws IOException {
    try (RawClient client = stack.client().post(path, body, headers)) {
      return client.reply();
    }
  }

  private void restart(String sections) {
    restart(sections, "ollama: m");
  }

  /** Another gateway, with a further key of the model that is asked for. */
  private void restart(String sections, String key) {
    stack.close();
    stack = start(sections, key);
  }

  private Stack start(String sections) {
    return start(sections, "ollama: m");
  }

  private Stack start(String sections, String key) {
    Profile profile = Profile.instant().withModels(able("m"), able("n"));
    String models =
        """
          - {name: m, context: 4096, backends: [b0], fallbacks: [n], %s%s}
          - {name: n, ollama: n, context: 32768, backends: [b1], options: {temperature: 0.25}}
        """
            .formatted(key.startsWith("ollama") ? "" : "ollama: m, ", key);
    Recipe recipe = new Recipe(List.of(profile, profile), List.of(), "", "", models);
    return Stack.start(recipe.with(sections))
        .answer("x", Script.text("hello"))
        .answer("silent", Script.of(new Step.Hold(gate)))
        .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
  }

  private static SimulatedModel able(String name) {
    return SimulatedModel.plain(
        name, Capability.COMPLETION, Capability.TOOLS, Capability.THINKING, Capability.EMBEDDING);
  }
}
