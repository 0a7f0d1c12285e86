package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.fault.Extent;
import com.visiquate.ccproxy.simulator.fault.Fault;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets when an Ollama misbehaves towards its request, byte for byte. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class FaultsTest {
  private static final String LOST =
      "The model server ended its answer too early; please try again.";
  private static final String BROKE = "The connection to the model server broke; please try again.";
  private static final String MIDWAY =
      "The model server failed in the middle of its answer; please try again.";
  private static final String NO_ANSWER = "The model server sent something that is not an answer.";
  private static final String FAILED = "The model server failed before it answered; try again.";
  private static final int MOST_TRIES = 3;

  /** So that every Ollama gets its turn, the one that misbehaves as well. */
  private static final String TURNS = "routing: {strategy: round-robin}";

  /** Faults that are no end of an answer, or none of its own making; each has a test below. */
  private static final Set<Class<?>> OTHERS =
      Set.of(
          Fault.Hang.class,
          Fault.Slow.class,
          Fault.Status.class,
          Fault.Torn.class,
          Fault.SlowPs.class,
          Fault.Refuse.class);

  private final List<Stack> stacks = new ArrayList<>();

  /** A fault that ends an answer, and what the client hears of it when nobody can hide it. */
  record End(Fault fault, String message, Outcome outcome) {
    @Override
    public String toString() {
      return fault.toString();
    }
  }

  static Stream<End> early() {
    return Stream.of(
        new End(new Fault.Reset(0), BROKE, Outcome.BACKEND_LOST),
        new End(new Fault.Truncated(0), BROKE, Outcome.BACKEND_LOST),
        new End(new Fault.SilentEnd(0), LOST, Outcome.BACKEND_LOST),
        new End(Fault.ErrorLine.runnerKilled(0), FAILED, Outcome.BACKEND_ERROR),
        new End(new Fault.MalformedLine(0), NO_ANSWER, Outcome.BACKEND_ERROR));
  }

  static Stream<End> midway() {
    return Stream.of(
        new End(new Fault.Reset(1), BROKE, Outcome.BACKEND_LOST),
        new End(new Fault.Truncated(1), BROKE, Outcome.BACKEND_LOST),
        new End(new Fault.SilentEnd(1), LOST, Outcome.BACKEND_LOST),
        new End(Fault.ErrorLine.runnerKilled(1), MIDWAY, Outcome.BACKEND_ERROR),
        new End(new Fault.MalformedLine(1), NO_ANSWER, Outcome.BACKEND_ERROR));
  }

  @AfterEach
  void close() {
    stacks.forEach(Stack::close);
  }

  @Test
  void allHaveTheirCase() {
    Stream<Class<?>> ends = Stream.concat(early(), midway()).map(end -> end.fault.getClass());
    assertThat(Stream.concat(ends, OTHERS.stream()).collect(Collectors.toSet()))
        .containsExactlyInAnyOrder(Fault.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("early")
  void areHiddenBeforeTheFirstByteWhenAnotherBackendIsThere(End end) throws IOException {
    for (String form : new String[] {Chat.streamed("hi"), Chat.whole("hi")}) {
      Stack stack = stack(2, "");
      stack.ollama(0).inject(end.fault);
      assertHidden(stack, form);
      assertThat(stack.silentWaits()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("early")
  void haveAStatusOfTheirOwnBeforeTheFirstByte(End end) throws IOException {
    Stack stack = stack(1, "");
    for (String form : new String[] {Chat.streamed("hi"), Chat.whole("hi")}) {
      stack.ollama(0).inject(end.fault);
      assertRefused(stack.ask(form), 502, end.message, "upstream_error");
      assertThat(stack.nextEnd().outcome()).isEqualTo(end.outcome);
      stack.untilUp(0);
    }
    assertWorks(stack);
  }

  @ParameterizedTest
  @MethodSource("midway")
  void areToldInTheStreamAfterItsFirstByte(End end) throws IOException {
    Stack stack = stack(2, "");
    Gate gate = new Gate();
    stack.answer("hold", held(gate));
    stack.ollamas().forEach(ollama -> ollama.inject(end.fault));
    try (RawClient client = stack.asking(Chat.streamed("hold"))) {
      RawClient.Reply head = client.head();
      String first = client.text();
      gate.open();
      RawClient.Reply rest = client.rest(head);
      assertThat(Chat.timeless(first + rest.body()))
          .isEqualTo(
              Chat.begun(head, List.of("a"))
                  + Chat.errorFrame(end.message, "server_error", "upstream_error"));
      assertThat(rest.properlyEnded()).isTrue();
    }
    assertThat(stack.nextEnd().outcome()).isEqualTo(end.outcome);
    assertThat(stack.chats()).isEqualTo(1);
  }

  @Test
  void areToldInTheStreamAfterAPing() throws IOException {
    Stack stack = stack(1, "waiting: {commit-after: 20ms, heartbeat: 20ms}");
    Gate gate = new Gate();
    stack.answer("hold", Script.of(new Step.Hold(gate), new Step.Fail(Script.RUNNER_STOPPED)));
    try (RawClient client = stack.asking(Chat.streamed("hold"))) {
      RawClient.Reply head = client.head();
      assertThat(client.text()).isEqualTo(Chat.PING);
      gate.open();
      assertThat(client.rest(head).body().replace(Chat.PING, ""))
          .isEqualTo(Chat.errorFrame(FAILED, "server_error", "upstream_error"));
    }
  }

  @ParameterizedTest
  @MethodSource("midway")
  void neverLeadToHalfAWholeAnswer(End end) throws IOException {
    Stack stack = stack(1, "");
    Gate gate = new Gate();
    stack.answer("hold", held(gate)).ollama(0).inject(end.fault);
    try (RawClient client = stack.asking(Chat.whole("hold"))) {
      stack.untilSeen(0, seen -> seen.runningNow() == 1);
      gate.open();
      RawClient.Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(502);
      assertThat(reply.body()).doesNotContain("\"content\"").contains("\"upstream_error\"");
    }
    assertThat(stack.nextEnd().outcome()).isEqualTo(end.outcome);
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 500, 503})
  void ofAStatusAreHiddenWhenAnotherBackendIsThere(int status) throws IOException {
    Stack stack = stack(2, "");
    stack.ollama(0).inject(Fault.Status.error(status, "x"));
    assertHidden(stack, Chat.whole("hi"));
  }

  @Test
  void ofAStatusAreToldWhenNobodyElseIsThere() throws IOException {
    Stack stack = stack(1, "");
    stack.ollama(0).inject(Fault.Status.error(503, "server busy"));
    assertRefused(
        stack.ask(Chat.streamed("hi")),
        502,
        "The model server is busy; please try again.",
        "upstream_error");
    stack.ollama(0).inject(new Fault.Status(500, "<html>at http://10.0.0.1:11434</html>"));
    assertRefused(stack.ask(Chat.streamed("hi")), 502, FAILED, "upstream_error");
  }

  @Test
  void ofARequestThatIsItselfWrongAreNotTriedElsewhere() throws IOException {
    Stack stack = stack(2, "");
    Fault wrong = Fault.Status.error(400, "invalid options at http://127.0.0.1:11434/x");
    stack.ollamas().forEach(ollama -> ollama.inject(wrong));
    RawClient.Reply reply = stack.ask(Chat.whole("hi"));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("refused the request: invalid options").doesNotContain("127");
    assertThat(stack.chats()).isEqualTo(1);
  }

  @Test
  void likeAHangEndWithTheLimitOfTheFirstToken() throws IOException {
    Stack stack = stack(1, "limits: {first-token: 100ms}");
    stack.ollama(0).inject(new Fault.Hang());
    RawClient.Reply reply = stack.ask(Chat.streamed("hi"));
    assertRefused(
        reply,
        504,
        "The model did not begin its answer in time; please try again later.",
        "upstream_timeout");
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.TIMEOUT);
  }

  @Test
  void likeAPauseEndWithTheLimitBetweenTokens() throws IOException {
    Stack stack = stack(1, "limits: {between-tokens: 100ms}");
    stack.answer("hold", held(new Gate()));
    RawClient.Reply reply = stack.ask(Chat.streamed("hold"));
    assertThat(Chat.timeless(reply.body()))
        .isEqualTo(
            Chat.begun(reply, List.of("a"))
                + Chat.errorFrame(
                    "The model stopped in the middle of its answer; please try again.",
                    "server_error",
                    "upstream_timeout"));
  }

  @Test
  void thatOnlyDelayOrTearChangeNoByte() throws IOException {
    Stack stack = stack(1, "");
    stack.answer("letters", Script.text("é", "日本", "🙂"));
    for (Fault fault : new Fault[] {new Fault.Torn(), new Fault.Slow(10)}) {
      stack.ollama(0).inject(fault);
      RawClient.Reply reply = stack.ask(Chat.streamed("letters"));
      assertThat(Chat.timeless(reply.body())).isEqualTo(Chat.stream(reply, "é", "日本", "🙂"));
    }
  }

  @Test
  void ofTheListOfLoadedModelsHarmNobody() throws IOException {
    Stack stack = stack(1, "");
    stack.ollama(0).inject(new Fault.SlowPs(Duration.ofHours(1)), new Extent.Always());
    assertWorks(stack);
    assertThat(stack.read("/health").body()).contains("\"status\":\"healthy\"");
  }

  @Test
  void ofAClosedPortAreHiddenAndHealed() throws IOException {
    Stack stack = stack(2, "");
    Waits.done(stack.ollama(0).inject(new Fault.Refuse()));
    assertHidden(stack, Chat.streamed("hi"));
    stack.untilStatus(0, status -> status.health() == Health.DOWN);
    assertThat(stack.read("/health").body()).contains("backend b0 is down");
    assertWorks(stack);
    Waits.done(stack.ollama(0).heal());
    stack.untilUp(0);
  }

  @Test
  void ofTheOnlyPortAreTold() throws IOException {
    Stack stack = stack(1, "");
    Waits.done(stack.ollama(0).inject(new Fault.Refuse()));
    String message = "The model server cannot be reached; please try again.";
    RawClient.Reply reply = stack.ask(Chat.whole("hi"));
    assertRefused(reply, 502, message, "upstream_error");
    assertThat(reply.header("x-should-retry")).isEqualTo("true");
    stack.untilStatus(0, status -> status.health() == Health.DOWN);
    assertThat(stack.read("/health").status()).isEqualTo(503);
  }

  private static Script held(Gate gate) {
    return Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b"));
  }

  private Stack stack(int ollamas, String limits) {
    Stack stack =
        Stack.start(Recipe.of(ollamas, Recipe.instant()).with(TURNS).with(limits))
            .answer("hi", Script.text("a", "b"));
    stacks.add(stack);
    return stack;
  }

  /** Asks until it was the bad one's turn. */
  private static void assertHidden(Stack stack, String body) throws IOException {
    String attempts = "";
    for (int i = 0; i < MOST_TRIES && !attempts.equals("2"); i++) {
      RawClient.Reply reply = stack.ask(body);
      attempts = reply.header("x-ccproxy-attempts");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
      if (body.contains("stream")) {
        assertThat(Chat.timeless(reply.body())).isEqualTo(Chat.stream(reply, "a", "b"));
      } else {
        assertThat(reply.body()).contains("\"content\":\"ab\"");
      }
    }
    assertThat(attempts).isEqualTo("2");
  }

  private static void assertRefused(
      RawClient.Reply reply, int status, String message, String code) {
    String type = code.startsWith("upstream") ? "server_error" : "service_unavailable_error";
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.body()).isEqualTo(Chat.error(message, type, code));
    assertThat(reply.header("content-type")).isEqualTo("application/json");
    assertThat(reply.header("x-request-id")).isNotEmpty();
  }

  private static void assertWorks(Stack stack) throws IOException {
    RawClient.Reply reply = stack.ask(Chat.streamed("hi"));
    assertThat(Chat.timeless(reply.body())).isEqualTo(Chat.stream(reply, "a", "b"));
  }
}
