package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The newer line computes an abandoned prompt to the end of its batch. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class BatchTest {
  /** Characters of several batches, each of which takes two and a half seconds. */
  private static final int LONG = 15_000;

  private static final int USUAL = 400;

  private final Stack stack = Stack.start(Recipe.of(newer()));
  private int asked;

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void isAwaitedBeforeTheNextRequestIsSentWhichIsNoReasonToThinkOtherwiseOfIt() throws IOException {
    for (int i = 0; i < 6; i++) {
      assertWorks();
    }
    for (int i = 0; i < 2; i++) {
      leaveInThePrompt();
      stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 1.0");
      assertWorks();
      stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 0.0");
    }
    assertThat(stack.ollama(0).seen().aborts().prompt()).isEqualTo(2);
    assertThat(stack.silentWaits()).isZero();
    JsonObject queue = new JsonObject(stack.read("/ccproxy/queue").body());
    assertThat(queue.getJsonArray("backends").getJsonObject(0).getBoolean("haunted")).isFalse();
  }

  private void leaveInThePrompt() throws IOException {
    long before = stack.ollama(0).seen().requests("/api/chat");
    RawClient client = stack.asking(Chat.streamed(text(LONG)));
    stack.untilSeen(0, seen -> seen.requests("/api/chat") > before && seen.runningNow() == 1);
    client.reset();
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.CLIENT_GONE);
  }

  private void assertWorks() throws IOException {
    String question = text(USUAL);
    stack.answer(question, Script.text("a"));
    RawClient.Reply reply = stack.ask(Chat.streamed(question));
    assertThat(Chat.timeless(reply.body())).isEqualTo(Chat.stream(reply, "a"));
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
  }

  /** Never the same twice, so that nothing of it is cached. */
  private String text(int length) {
    return "question %d ".formatted(++asked).repeat(length).substring(0, length);
  }

  private static Profile newer() {
    return Recipe.instant()
        .withModels(Recipe.able().withRates(200, 50).withLoad(Duration.ZERO))
        .scaled(1)
        .withGeneration(Generation.NEWER);
  }
}
