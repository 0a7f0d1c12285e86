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

/** An Ollama that reports a newer version than it behaves like. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class LyingVersionTest {
  /** Characters of a prompt that takes about five seconds. */
  private static final int LONG = 15_000;

  private static final int USUAL = 1_200;

  private final Stack stack = Stack.start(Recipe.of(olderThanItSays()));
  private int asked;

  @AfterEach
  void close() {
    stack.close();
  }

  /**
   * After two silent waits it is known that abandoned prompts run on, and nobody waits any more.
   */
  @Test
  void isFoundOutByTheWaitsForAbandonedPrompts() throws IOException {
    for (int i = 0; i < 6; i++) {
      assertWorks();
    }
    leaveInThePrompt();
    assertWorks();
    leaveInThePrompt();
    assertWorks();
    assertThat(stack.silentWaits()).isEqualTo(2);
    stack.untilMetric(
        "ccproxy_corrections_total{backend=\"b0\",belief=\"ghosts\",model=\"m\"} 1.0");
    JsonObject queue = new JsonObject(stack.read("/ccproxy/queue").body());
    JsonObject backend = queue.getJsonArray("backends").getJsonObject(0);
    assertThat(backend.getBoolean("haunted")).isTrue();
    assertThat(backend.getJsonArray("caches").getJsonObject(0))
        .isEqualTo(JsonObject.of("model", "m", "stored_tokens", 149_796, "corrected", false));
    leaveInThePrompt();
    stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 1.0");
    assertWorks();
    assertThat(stack.silentWaits()).isEqualTo(2);
    assertThat(stack.ollama(0).seen().runningNow()).isZero();
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

  private static Profile olderThanItSays() {
    return Recipe.instant()
        .withModels(Recipe.able().withRates(700, 50).withLoad(Duration.ZERO))
        .scaled(1)
        .withGeneration(Generation.OLDER)
        .claiming(Generation.NEWER);
  }
}
