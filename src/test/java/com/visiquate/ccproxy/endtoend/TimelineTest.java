package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What operators are told of the past, and of what would have been. */
@Tag("endtoend")
final class TimelineTest {
  private static final int QUEUE = 0;
  private static final int OUTPUT = 4;

  private final Gate gate = new Gate();

  @Test
  void showsWhoHeldWhichSlotAndWhy() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant()))) {
      stack.answer("first", Script.of(new Step.Text("a"), new Step.Hold(gate)));
      stack.answer("second", Script.text("b"));
      try (RawClient first = ask(stack, "first", "agent-1")) {
        stack.until(() -> has(stack, OUTPUT, "agent-1"));
        try (RawClient second = ask(stack, "second", "agent-2")) {
          stack.until(() -> has(stack, QUEUE, "agent-2"));
          gate.open();
          assertThat(first.reply().status()).isEqualTo(200);
          String id = String.valueOf(second.reply().header("x-request-id"));
          stack.until(() -> isKnown(stack, id));
          check(decision(stack, id));
        }
      }
      JsonObject slot = timeline(stack).getJsonArray("slots").getJsonObject(0);
      assertThat(slot.getString("backend")).isEqualTo("b0");
      assertThat(slot.getInteger("slot")).isZero();
    }
  }

  private static void check(JsonObject decision) {
    assertThat(decision.getString("rule")).isEqualTo("least_cost");
    assertThat(decision.getString("backend")).isEqualTo("b0");
    JsonObject chosen = decision.getJsonObject("chosen");
    JsonArray terms = chosen.getJsonArray("terms");
    double sum = terms.stream().mapToDouble(one -> ((JsonObject) one).getDouble("value")).sum();
    assertThat(terms).hasSize(9);
    assertThat(chosen.getDouble("sum")).isEqualTo(Math.round(1e6 * sum) / 1e6);
    assertThat(decision.getString("record")).startsWith("/ccproxy/requests/");
  }

  @Test
  void saysWhatItDoesNotKnow() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant()))) {
      assertThat(stack.read("/ccproxy/timeline/nobody").status()).isEqualTo(404);
      RawClient.Reply wrong = stack.read("/ccproxy/timeline?from=yesterday");
      assertThat(wrong.status()).isEqualTo(400);
      assertThat(wrong.body()).contains("from must be milliseconds since 1970");
      assertThat(stack.read("/ccproxy/timeline?limit=0").status()).isEqualTo(400);
    }
  }

  @Test
  void keepsNothingWhereNoneIsWanted() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant()).with("timeline: {hours: 0}"))) {
      RawClient.Reply reply = stack.read("/ccproxy/timeline");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.body()).contains("timeline.hours");
      assertThat(replay(stack, "{}").status()).isEqualTo(404);
    }
  }

  @Test
  void isForOperatorsOnlyWhenThereAreKeys() throws IOException {
    String keys =
        "keys:\n  - {name: a, key: \"sha256:%s\"}\n  - {name: o, key: \"sha256:%s\", operator: true}\n"
            .formatted(KeysTest.digest("a"), KeysTest.digest("o"));
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant()).with(keys))) {
      for (String path : new String[] {"/ccproxy/timeline", "/ccproxy/timeline/x"}) {
        assertThat(status(stack, path, "a")).isEqualTo(403);
        assertThat(status(stack, path, "o")).isNotEqualTo(403);
      }
    }
  }

  @Test
  void replaysWhatWasAnswered() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant()))) {
      for (int i = 0; i < 5; i++) {
        stack.ask(Chat.streamed("question " + i));
      }
      stack.until(() -> replayed(stack, "{\"since\":\"1h\"}").getInteger("requests", 0) == 5);
      JsonObject answer =
          replayed(stack, "{\"since\":\"1h\",\"with\":{\"routing.patience\":\"0.03\"}}");
      assertThat(answer.getJsonArray("replayed")).hasSize(2);
      JsonObject other = answer.getJsonArray("replayed").getJsonObject(1);
      assertThat(other.getJsonObject("with").getString("routing.patience")).isEqualTo("0.03");
      assertThat(other.getDouble("makespan_s")).isPositive();
    }
  }

  @Test
  void replaysNothingThatIsWrong() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant()))) {
      assertThat(replay(stack, "{\"with\":{\"routing.patients\":1}}").body())
          .contains("routing.patients: unknown (expected: routing.strategy");
      assertThat(replay(stack, "{\"with\":{\"backends.b0.slots\":0}}").status()).isEqualTo(400);
      assertThat(replay(stack, "{\"since\":\"tomorrow\"}").status()).isEqualTo(400);
      assertThat(replay(stack, "[]").status()).isEqualTo(400);
      assertThat(replay(stack, "{}").body()).contains("nothing to replay");
      try (RawClient form = stack.client().post("/ccproxy/replay", "{}")) {
        assertThat(form.reply().status()).isEqualTo(403);
      }
    }
  }

  private static JsonObject replayed(Stack stack, String body) {
    try {
      return new JsonObject(replay(stack, body).body());
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static RawClient.Reply replay(Stack stack, String body) throws IOException {
    try (RawClient client =
        stack.client().post("/ccproxy/replay", body, Map.of("x-ccproxy-console", "1"))) {
      return client.reply();
    }
  }

  private static RawClient ask(Stack stack, String question, String client) throws IOException {
    return stack
        .client()
        .post(Chat.PATH, Chat.streamed(question), Map.of("x-ccproxy-client", client));
  }

  private static boolean has(Stack stack, int kind, String client) {
    try {
      JsonObject timeline = timeline(stack);
      JsonArray strings = timeline.getJsonArray("strings");
      return timeline.getJsonArray("stretches").stream()
          .map(JsonArray.class::cast)
          .filter(one -> one.getInteger(1) == kind)
          .anyMatch(one -> strings.getString(one.getInteger(5)).equals(client));
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static boolean isKnown(Stack stack, String id) {
    try {
      return stack.read("/ccproxy/timeline/" + id).status() == 200;
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static JsonObject timeline(Stack stack) throws IOException {
    return new JsonObject(stack.read("/ccproxy/timeline").body());
  }

  private static JsonObject decision(Stack stack, String id) throws IOException {
    return new JsonObject(stack.read("/ccproxy/timeline/" + id).body());
  }

  private static int status(Stack stack, String path, String key) throws IOException {
    String head =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s's\r\n\r\n"
            .formatted(path, key);
    try (RawClient client = stack.client()) {
      client.send(head.getBytes(StandardCharsets.US_ASCII));
      return client.reply().status();
    }
  }
}
