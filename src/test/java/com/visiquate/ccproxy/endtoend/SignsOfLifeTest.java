package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole answers keep their clients alive too: white space before JSON means nothing. */
@Tag("endtoend")
final class SignsOfLifeTest {
  private static final String TALK =
      "\"messages\":[{\"role\":\"user\",\"content\":\"next\"}],\"stream\":false";
  private static final Map<String, String> BODIES =
      Map.of(
          "/v1/chat/completions",
          TALK,
          "/v1/completions",
          "\"prompt\":\"next\"",
          "/v1/messages",
          "\"max_tokens\":100," + TALK,
          "/v1/responses",
          "\"input\":\"next\"",
          "/api/chat",
          TALK,
          "/api/generate",
          "\"prompt\":\"next\",\"stream\":false");
  private final Gate gate = new Gate();
  private Stack stack =
      Stack.start(
          Recipe.of(Recipe.instant()).with("waiting: {commit-after: 50ms, heartbeat: 50ms}"));

  static Iterable<String> paths() {
    return BODIES.keySet().stream().sorted().toList();
  }

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  @ParameterizedTest
  @MethodSource("paths")
  void wholeAnswersBeginWithWhiteSpaceInEveryDialect(String path) throws IOException {
    stack.answer("next", Script.of(new Step.Hold(gate), new Step.Text("done")));
    try (RawClient client = asking(path)) {
      RawClient.Reply head = client.head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(head.header("content-type")).startsWith("application/json");
      assertThat(client.text()).isBlank();
      assertThat(client.text()).isBlank();
      gate.open();
      RawClient.Reply reply = client.rest(head);
      assertThat(reply.properlyEnded()).isTrue();
      assertThat(reply.body()).doesNotContain("\n");
      assertThat(FamilyClient.tree(reply.body()).isObject()).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void afterOneAnErrorIsToldInTheBodyWithTheStatusThatWasSent(String path) throws IOException {
    stack.answer("next", Script.of(new Step.Hold(gate), new Step.Fail("the runner died")));
    try (RawClient client = asking(path)) {
      RawClient.Reply head = client.head();
      assertThat(head.status()).isEqualTo(200);
      assertThat(client.text()).isBlank();
      gate.open();
      RawClient.Reply reply = client.rest(head);
      assertThat(reply.properlyEnded()).isTrue();
      assertThat(FamilyClient.tree(reply.body()).has("error")).isTrue();
    }
    ExchangeEnded end = stack.nextEnd();
    assertThat(end.outcome()).isEqualTo(Outcome.BACKEND_ERROR);
  }

  @Test
  void nothingIsSentWhereAnAnswerIsQuick() throws IOException {
    stack.close();
    stack = Stack.start(Recipe.of(Recipe.instant()));
    stack.answer("next", Script.text("done"));
    try (RawClient client = asking("/v1/chat/completions")) {
      RawClient.Reply reply = client.reply();
      assertThat(reply.body()).startsWith("{");
      assertThat(reply.header("content-length")).isNotEmpty();
    }
  }

  private RawClient asking(String path) throws IOException {
    return stack.client().post(path, "{\"model\":\"m\"," + BODIES.get(path) + "}");
  }
}
