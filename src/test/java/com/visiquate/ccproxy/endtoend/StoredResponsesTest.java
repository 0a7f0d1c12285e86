package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.responses.ResponsesStreamGrammar;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What there is around responses besides asking for one. */
@Tag("endtoend")
final class StoredResponsesTest {
  private static final String PATH = "/v1/responses";
  private static final Pattern ID = Pattern.compile("\\{\"id\":\"(resp_[^\"]+)\"");

  private Stack stack = Stack.start(Recipe.of(1, Recipe.instant()).with("queue: {length: 0}"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void areShownAsTheStreamThatBuiltThem() throws IOException {
    stack.answer("hi", Script.of(new Step.Thinking("hm"), new Step.Text("Hello")));
    RawClient.Reply first = post(PATH, body("hi", ",\"stream\":true"));
    String path = PATH + "/" + id(first);

    RawClient.Reply again = stack.read(path + "?stream=true");

    assertThat(again.header("content-type")).isEqualTo("text/event-stream; charset=utf-8");
    assertThat(again.body()).isEqualTo(first.body());
    ResponsesStreamGrammar.check(again.body());
    assertThat(stack.read(path + "?stream=true&starting_after=2").body())
        .contains("\"sequence_number\":3")
        .doesNotContain("\"sequence_number\":2,");
    assertThat(stack.read(PATH + "/resp_none?stream=true").status()).isEqualTo(404);
  }

  @Test
  void cannotBeCancelledBecauseTheyAreComplete() throws IOException {
    stack.answer("hi", Script.text("Hello"));
    String id = id(post(PATH, body("hi", "")));

    RawClient.Reply known = post(PATH + "/" + id + "/cancel", "{}");
    assertThat(known.status()).isEqualTo(400);
    assertThat(known.body()).contains("Cannot cancel a synchronous response.");
    assertThat(post(PATH + "/resp_none/cancel", "").status()).isEqualTo(404);
    assertThat(stack.read(PATH + "/" + id + "/cancel").status()).isEqualTo(405);
  }

  @Test
  void areCountedAtOnceWhileAllSlotsAreTaken() throws IOException {
    Gate gate = new Gate();
    stack.answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate)));
    stack.answer("hi", Script.text("Hello"));
    String id = id(post(PATH, body("hi", "")));
    try (RawClient busy = stack.client().post(PATH, body("hold", ",\"stream\":true"))) {
      busy.head();
      int alone = tokens(body("hi", ""));
      int after = tokens(body("hi", ",\"previous_response_id\":\"%s\"".formatted(id)));
      assertThat(after).isGreaterThan(alone);
      assertThat(post(PATH + "/input_tokens", "{").body()).contains("\"invalid_json\"");
      gate.open();
    }
  }

  @Test
  void areMadeShorterByTheModelItself() throws IOException {
    stack.answer("hi", Script.text("Hello"));
    String id = id(post(PATH, body("hi", "")));

    RawClient.Reply compacted =
        post(PATH + "/compact", "{\"model\":\"m\",\"previous_response_id\":\"%s\"}".formatted(id));

    assertThat(compacted.status()).isEqualTo(200);
    assertThat(compacted.body())
        .contains("\"object\":\"response.compaction\"", "\"text\":\"hi\"")
        .contains("\"type\":\"compaction\"")
        .doesNotContain("Hello");
    assertThat(stack.lastChat()).contains("\"content\":\"Hello\"", "Summarize this conversation");
    assertThat(post(PATH + "/compact", "{\"model\":\"m\"}").status()).isEqualTo(400);
  }

  @Test
  void areForgottenBeyondTheBoundThatIsConfigured() throws IOException {
    stack.close();
    stack = Stack.start(Recipe.of(1, Recipe.instant()).with("memory: {responses: 1}"));
    stack.answer("hi", Script.text("Hello"));
    String first = id(post(PATH, body("hi", "")));
    String second = id(post(PATH, body("hi", "")));

    assertThat(stack.read(PATH + "/" + first).status()).isEqualTo(404);
    assertThat(stack.read(PATH + "/" + second).status()).isEqualTo(200);
  }

  private int tokens(String body) throws IOException {
    RawClient.Reply counted = post(PATH + "/input_tokens", body);
    assertThat(counted.status()).isEqualTo(200);
    assertThat(counted.body()).startsWith("{\"object\":\"response.input_tokens\"");
    return Integer.parseInt(counted.body().replaceAll("\\D", ""));
  }

  private RawClient.Reply post(String path, String body) throws IOException {
    try (RawClient client = stack.client().post(path, body)) {
      return client.reply();
    }
  }

  private static String body(String question, String more) {
    return "{\"model\":\"m\",\"input\":\"%s\"%s}".formatted(question, more);
  }

  private static String id(RawClient.Reply answer) {
    Matcher id = ID.matcher(answer.body());
    assertThat(id.find()).isTrue();
    return id.group(1);
  }
}
