package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** SDKs give a time-out and ask again: what took longer than that must be done all the same. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class DeadlineResendTest {
  private static final String LONG = "x".repeat(8_000);
  private static final String MESSAGES =
      "{\"model\":\"m\",%s\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\""
          + LONG
          + "\"}]}";
  private static final Map<String, String> BODIES =
      Map.of(
          "/v1/chat/completions",
          MESSAGES.formatted(""),
          "/v1/completions",
          "{\"model\":\"m\",\"prompt\":\"" + LONG + "\"}",
          "/v1/messages",
          MESSAGES.formatted("\"max_tokens\":100,"),
          "/v1/responses",
          "{\"model\":\"m\",\"input\":\"" + LONG + "\"}",
          "/api/chat",
          MESSAGES.formatted(""),
          "/api/generate",
          "{\"model\":\"m\",\"stream\":false,\"prompt\":\"" + LONG + "\"}");

  static Stream<Arguments> everywhere() {
    return BODIES.keySet().stream()
        .sorted()
        .flatMap(path -> Stream.of(Generation.values()).map(line -> Arguments.of(path, line)));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void takesOverWhatItsOwnTimeoutHasEnded(String path, Generation line) throws IOException {
    Gate gate = new Gate();
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant().withGeneration(line)))) {
      stack.answer(LONG, Script.of(new Step.Hold(gate), new Step.Text("done")));
      assertTimesOut(stack, path);
      stack.untilMetric("ccproxy_slots_ghosts{backend=\"b0\"} 1.0");
      try (RawClient again = stack.client().post(path, body(path))) {
        stack.untilMetric(
            "ccproxy_resends_adopted_total{backend=\"b0\",model=\"m\",phase=\"prompt\"} 1.0");
        gate.open();
        RawClient.Reply reply = again.reply();
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body()).contains("done");
      }
      assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.COMPLETED);
      assertThat(asked(stack)).isEqualTo(1);
      assertThat(stack.silentWaits()).isZero();
    }
  }

  private static void assertTimesOut(Stack stack, String path) throws IOException {
    Map<String, String> impatient = Map.of("x-stainless-timeout", "1");
    try (RawClient first = stack.client().post(path, body(path), impatient)) {
      RawClient.Reply reply = first.reply();
      assertThat(List.of(502, 503, 504, 529)).contains(reply.status());
    }
    assertThat(stack.nextEnd().outcome()).isEqualTo(Outcome.TIMEOUT);
  }

  private static String body(String path) {
    return Objects.requireNonNull(BODIES.get(path));
  }

  private static long asked(Stack stack) {
    return stack.chats() + stack.ollama(0).seen().requests("/api/generate");
  }
}
