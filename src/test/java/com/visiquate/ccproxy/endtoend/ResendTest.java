package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that gave up and ask the same again get the work that was done for them already. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class ResendTest {
  /** About two thousand tokens. */
  private static final String LONG = "x".repeat(8_000);

  private final Gate gate = new Gate();
  private Stack stack = Stack.start(Recipe.of(1, Recipe.instant()));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void takesOverThePromptThatTheOlderLineStillReads() throws IOException {
    stack.answer(LONG, Script.of(new Step.Hold(gate), new Step.Text("a")));
    leaveUnheard();
    stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 1.0");
    try (RawClient again = asking("agent", Chat.streamed(LONG))) {
      stack.untilMetric(adopted("prompt"));
      gate.open();
      assertAnswered(again, "a");
    }
    assertAskedOnce();
    stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 0.0");
  }

  @Test
  void mayWantTheAnswerAsAWholeTheSecondTime() throws IOException {
    stack.answer(LONG, Script.of(new Step.Hold(gate), new Step.Text("a"), new Step.Text("b")));
    leaveUnheard();
    stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 1.0");
    try (RawClient again = asking("agent", Chat.whole(LONG))) {
      stack.untilMetric(adopted("prompt"));
      gate.open();
      assertThat(again.reply().body()).contains("\"content\":\"ab\"");
    }
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
    assertAskedOnce();
  }

  @Test
  void leavesAGhostAgainWhenItIsGivenUpAgain() throws IOException {
    stack.answer(LONG, Script.of(new Step.Hold(gate), new Step.Text("a")));
    for (int i = 0; i < 3; i++) {
      leaveUnheard();
      stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 1.0");
    }
    try (RawClient again = asking("agent", Chat.streamed(LONG))) {
      // Else the prompt may be done, and nothing be left to take over, before it is heard.
      stack.untilMetric(adopted("prompt", 3));
      gate.open();
      assertAnswered(again, "a");
    }
    assertAskedOnce();
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void hearsTheWholeAnswerWhenItWaitsWhileTheFirstOneLeaves(Generation line) throws IOException {
    restart(Recipe.instant().withGeneration(line));
    stack.answer(LONG, Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")));
    RawClient first = asking("agent", Chat.streamed(LONG));
    first.head();
    try (RawClient again = asking("agent", Chat.streamed(LONG))) {
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 1.0");
      first.reset();
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
      stack.untilMetric(adopted("answer"));
      gate.open();
      assertAnswered(again, "a", "b");
    }
    assertAskedOnce();
    assertThat(stack.ollama(0).seen().aborts().all()).isZero();
  }

  @ParameterizedTest
  @EnumSource(Generation.class)
  void computesNoPromptTwiceAfterAnAnswerThatWasBrokenOff(Generation line) throws IOException {
    restart(Recipe.instant().withGeneration(line));
    stack.answer(LONG, Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")));
    RawClient first = asking("agent", Chat.streamed(LONG));
    first.head();
    first.reset();
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    stack.untilSeen(0, seen -> seen.aborts().streaming() == 1);
    gate.open();
    try (RawClient again = asking("agent", Chat.streamed(LONG))) {
      assertAnswered(again, "a", "b");
    }
    assertThat(stack.ollama(0).seen().promptTokens().cached()).isGreaterThan(1_900);
    assertThat(stack.silentWaits()).isZero();
  }

  @Test
  void goesOnWhereTheNewerLineStoppedReading() throws IOException {
    Profile reading = Recipe.instant().withModels(Recipe.able().withRates(1_000, 50));
    stack.close();
    Recipe slow = Recipe.of(reading.scaled(1).withGeneration(Generation.NEWER));
    stack = Stack.start(slow.with("waiting: {commit-after: 500ms}"));
    stack.answer("hi", Script.text("a"));
    assertThat(stack.ask(Chat.whole("hi")).status()).isEqualTo(200);
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
    RawClient first = asking("agent", Chat.streamed(LONG));
    // It hears a first sign of life when a part of its prompt has been read.
    first.head();
    first.reset();
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
    stack.untilSeen(0, seen -> seen.aborts().prompt() == 1);
    stack.answer(LONG, Script.text("a"));
    try (RawClient again = asking("agent", Chat.streamed(LONG))) {
      assertAnswered(again, "a");
    }
    assertThat(stack.ollama(0).seen().promptTokens().cached()).isGreaterThan(100);
    assertThat(stack.silentWaits()).isZero();
  }

  @Test
  void isNotMergedWithOneThatIsStillThere() throws IOException {
    restart(Recipe.instant().withSlots(2));
    stack.answer(LONG, Script.of(new Step.Hold(gate), new Step.Text("a")));
    try (RawClient one = asking("agent", Chat.streamed(LONG));
        RawClient other = asking("agent", Chat.streamed(LONG))) {
      stack.untilSeen(0, seen -> seen.runningNow() == 2);
      gate.open();
      assertAnswered(one, "a");
      assertAnswered(other, "a");
    }
    assertThat(stack.chats()).isEqualTo(2);
  }

  @Test
  void ofAnotherClientGetsNothingOfIt() throws IOException {
    stack.answer(LONG, Script.of(new Step.Hold(gate), new Step.Text("a")));
    leaveUnheard();
    stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 1.0");
    try (RawClient stranger = asking("stranger", Chat.streamed(LONG))) {
      stack.untilMetric("ccproxy_queue_waiting{class=\"normal\",model=\"m\"} 1.0");
      gate.open();
      assertAnswered(stranger, "a");
    }
    assertThat(stack.chats()).isEqualTo(2);
    assertThat(stack.silentWaits()).isZero();
  }

  private void leaveUnheard() throws IOException {
    RawClient first = asking("agent", Chat.streamed(LONG));
    stack.untilSeen(0, seen -> seen.runningNow() == 1);
    stack.untilMetric("ccproxy_slots_running{backend=\"b0\"} 1.0");
    first.reset();
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
  }

  private RawClient asking(String client, String body) throws IOException {
    return stack.client().post(Chat.PATH, body, Map.of("x-ccproxy-client", client));
  }

  private static String adopted(String phase) {
    return adopted(phase, 1);
  }

  private static String adopted(String phase, int times) {
    return "ccproxy_resends_adopted_total{backend=\"b0\",model=\"m\",phase=\"%s\"} %d.0"
        .formatted(phase, times);
  }

  private void restart(Profile profile) {
    stack.close();
    stack = Stack.start(Recipe.of(profile.withKeepAlive(Duration.ofHours(1))));
  }

  private void assertAnswered(RawClient client, String... pieces) throws IOException {
    RawClient.Reply reply = client.reply();
    assertThat(Chat.timeless(reply.body())).endsWith(Chat.stream(reply, List.of(pieces)));
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  private void assertAskedOnce() {
    assertThat(stack.chats()).isEqualTo(1);
    assertThat(stack.ollama(0).seen().promptTokens().cached()).isZero();
    assertThat(stack.endsLeft()).isZero();
    assertThat(stack.silentWaits()).isZero();
  }
}
