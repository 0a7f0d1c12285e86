package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that do not wait for their answer. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class LeavingTest {
  /** At the pace of {@link #reading} a prompt of this many characters takes half a second. */
  private static final int LONG = 8_000;

  private final Gate gate = new Gate();
  private Stack stack = Stack.start(Recipe.of(1, Recipe.instant()));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void giveTheirPlaceInTheQueueBackAtOnce() throws IOException {
    stack.answer("hold", held());
    try (RawClient busy = stack.asking(Chat.streamed("hold"))) {
      RawClient.Reply head = busy.head();
      RawClient waiting = stack.asking(Chat.streamed("never"));
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 1.0");
      waiting.reset();
      assertClientGone();
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 0.0");
      gate.open();
      busy.rest(head);
    }
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
    assertServed(1);
  }

  @Test
  void inMidStreamLeaveNothingRunning() throws IOException {
    stack.answer("hold", held());
    RawClient client = stack.asking(Chat.streamed("hold"));
    client.head();
    client.close();
    assertClientGone();
    stack.untilSeen(0, seen -> seen.aborts().streaming() == 1 && seen.runningNow() == 0);
    assertWorks();
    assertServed(2);
  }

  @Test
  void ofAWholeAnswerLeaveNothingRunningEither() throws IOException {
    stack.answer("hold", held());
    RawClient client = stack.asking(Chat.whole("hold"));
    stack.untilSeen(0, seen -> seen.runningNow() == 1);
    client.close();
    assertClientGone();
    stack.untilSeen(0, seen -> seen.aborts().streaming() == 1 && seen.runningNow() == 0);
    assertWorks();
    assertServed(2);
  }

  @Test
  void beforeTheEndOfTheirOwnRequestReachNobody() throws IOException {
    RawClient client = stack.client();
    client.send(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{\"mod"
            .getBytes(US_ASCII));
    client.reset();
    assertClientGone();
    assertWorks();
    assertServed(1);
  }

  /** Ollama reads an abandoned prompt to its end, so nothing else may be sent there before. */
  @Test
  void inThePromptOfTheOlderLineKeepTheirSlotUntilItIsFree() throws IOException {
    restart(reading(Generation.OLDER));
    leaveInThePrompt();
    assertThat(stack.ollama(0).seen().runningNow()).isEqualTo(1);
    stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 1.0");
    assertWorks();
    stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 0.0");
    assertServed(3);
    assertThat(stack.ollama(0).seen().peaks().values()).containsOnly(1);
  }

  @Test
  void inThePromptOfTheNewerLineStopIt() throws IOException {
    restart(reading(Generation.NEWER));
    leaveInThePrompt();
    stack.untilSeen(0, seen -> seen.aborts().prompt() == 1);
    assertWorks();
    assertServed(3);
    assertThat(stack.ollama(0).seen().peaks().values()).containsOnly(1);
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void duringALoadDoNotAbortIt(Generation line) throws IOException {
    Profile slowToLoad =
        Recipe.instant()
            .withModels(Recipe.able().withLoad(Duration.ofMillis(400)))
            .scaled(1)
            .withGeneration(line);
    restart(slowToLoad);
    RawClient client = stack.asking(Chat.whole("hi"));
    stack.untilSeen(0, seen -> seen.requests("/api/chat") == 1);
    client.reset();
    assertClientGone();
    stack.answer("next", Script.text("a"));
    assertThat(stack.ask(Chat.whole("next")).status()).isEqualTo(200);
    assertThat(stack.ollama(0).seen().models().loads()).isEqualTo(1);
    assertThat(stack.ollama(0).seen().models().loadsAborted()).isZero();
    assertThat(stack.silentWaits()).isZero();
  }

  @Test
  void asWellAsTheirConnectionsAreCountedOnce() throws IOException {
    stack.answer("hold", held());
    for (int i = 0; i < 3; i++) {
      RawClient client = stack.asking(Chat.streamed("hold"));
      client.head();
      client.reset();
      assertClientGone();
    }
    stack.untilMetric(
        "ccproxy_requests_total{alias=\"m\",backend=\"b0\",model=\"m\",outcome=\"client_gone\","
            + "route=\"/v1/chat/completions\"} 3.0");
    assertThat(stack.endsLeft()).isZero();
  }

  private void leaveInThePrompt() throws IOException {
    assertWorks();
    RawClient client = stack.asking(Chat.streamed("x".repeat(LONG)));
    stack.untilSeen(0, seen -> seen.requests("/api/chat") == 2 && seen.runningNow() == 1);
    client.reset();
    assertClientGone();
  }

  /** Loads at once; reads 4,000 tokens a second, and says a word in 20 ms. */
  private static Profile reading(Generation line) {
    return Recipe.instant()
        .withModels(Recipe.able().withRates(4_000, 50).withLoad(Duration.ZERO))
        .scaled(1)
        .withGeneration(line);
  }

  private void restart(Profile profile) {
    stack.close();
    stack = Stack.start(Recipe.of(profile));
  }

  private Script held() {
    return Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b"));
  }

  private void assertClientGone() {
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    assertThat(stack.endsLeft()).isZero();
  }

  private void assertWorks() throws IOException {
    stack.answer("works", Script.text("a"));
    RawClient.Reply reply = stack.ask(Chat.streamed("works"));
    assertThat(Chat.timeless(reply.body())).isEqualTo(Chat.stream(reply, "a"));
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  private void assertServed(int chats) {
    assertThat(stack.chats()).isEqualTo(chats);
    assertThat(stack.silentWaits()).isZero();
  }
}
