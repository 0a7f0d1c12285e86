package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that ask the same at once have one run. */
@Tag("endtoend")
@Timeout(60)
final class SharedRunTest {
  private static final int CLIENTS = 100;

  /** Without thinking, of which each family wants something else when nothing is said. */
  private static final SimulatedModel MODEL =
      SimulatedModel.plain(Recipe.MODEL, Capability.COMPLETION, Capability.TOOLS);

  private final Gate gate = new Gate();
  private final List<RawClient> clients = new ArrayList<>();
  private final Stack stack =
      Stack.start(
              Recipe.of(2, Profile.instant().withModels(MODEL).withSlots(4))
                  .with("queue: {length: 1000}"))
          .answer("x", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")))
          .answer(
              "dies",
              Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Fail("the runner died")));

  @AfterEach
  void close() throws IOException {
    gate.open();
    for (RawClient client : clients) {
      client.close();
    }
    stack.close();
  }

  /** Who asks, and in which words. */
  private record Asked(String path, boolean stream, RawClient client) {}

  private Asked ask(String path, boolean stream, String question) throws IOException {
    RawClient client = stack.client().post(path, body(path, stream, question));
    clients.add(client);
    return new Asked(path, stream, client);
  }

  private static String body(String path, boolean stream, String question) {
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"" + question + "\"}]";
    String common = "{\"model\":\"m\",\"stream\":" + stream + ",";
    return switch (path) {
      case "/api/chat" ->
          common + "\"options\":{\"temperature\":0,\"num_predict\":50}," + messages + "}";
      case "/v1/responses" ->
          common + "\"temperature\":0,\"max_output_tokens\":50,\"input\":\"" + question + "\"}";
      default -> common + "\"temperature\":0,\"max_tokens\":50," + messages + "}";
    };
  }

  private long asked() {
    return stack.ollamas().stream().mapToLong(ollama -> ollama.seen().requests("/api/chat")).sum();
  }

  private void untilJoined(int count) {
    String line = "ccproxy_cache_requests_total{reason=\"running\",use=\"joined\"} " + count + ".0";
    stack.until(
        () -> {
          try {
            return stack.read("/metrics").body().contains(line);
          } catch (IOException failed) {
            throw new AssertionError(failed);
          }
        });
  }

  @Test
  void aHundredInFourDialectsAreOneForTheirOllama() throws IOException {
    List<String> paths =
        List.of("/v1/chat/completions", "/v1/responses", "/v1/messages", "/api/chat");
    List<Asked> all = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      all.add(ask(paths.get(i % 4), i % 8 < 4, "x"));
    }
    untilJoined(CLIENTS - 1);
    gate.open();
    Map<String, Set<String>> answers = new TreeMap<>();
    for (Asked one : all) {
      RawClient.Reply reply = one.client().reply();
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.properlyEnded()).isTrue();
      answers
          .computeIfAbsent(one.path() + one.stream(), none -> new TreeSet<>())
          .add(timeless(reply));
    }
    assertThat(asked()).isEqualTo(1);
    assertThat(answers).hasSize(8);
    answers.values().forEach(same -> assertThat(same).hasSize(1));
  }

  /** Without what is its own: ids and times. */
  static String timeless(RawClient.Reply reply) {
    return reply
        .body()
        .replace(reply.header("x-request-id"), "ID")
        .replaceAll("\"(created|created_at|completed_at)\":(\\d+|\"[^\"]*\")", "\"$1\":0")
        .replaceAll("\"(\\w+_duration)\":\\d+", "\"$1\":0")
        .replaceAll("\"obfuscation\":\"[^\"]*\"", "\"obfuscation\":\"\"");
  }

  @Test
  void goesOnWhenWhoeverCameFirstLeaves() throws IOException {
    Asked first = ask(Chat.PATH, true, "x");
    first.client().head();
    Asked second = ask(Chat.PATH, true, "x");
    untilJoined(1);
    first.client().reset();
    RawClient.Reply head = second.client().head();
    assertThat(head.header("x-ccproxy-cache")).isEqualTo("joined");
    assertThat(head.header("cache-status")).isEqualTo("ccproxy; fwd=miss; collapsed");
    gate.open();
    assertThat(Chat.timeless(second.client().rest(head).body()))
        .isEqualTo(Chat.stream(head, "a", "b"));
    assertThat(asked()).isEqualTo(1);
  }

  @Test
  void isToldOfABreakByThoseWhoHaveHeardAndNotByTheOthers() throws IOException {
    Asked streamed = ask(Chat.PATH, true, "dies");
    RawClient.Reply head = streamed.client().head();
    Asked whole = ask(Chat.PATH, false, "dies");
    untilJoined(1);
    stack.answer("dies", Script.text("well"));
    gate.open();
    assertThat(streamed.client().rest(head).body()).contains("\"error\"").doesNotContain("DONE");
    RawClient.Reply reply = whole.client().reply();
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    assertThat(reply.body()).contains("\"content\":\"well\"");
  }

  @Test
  void whatMayDifferIsNotShared() throws IOException {
    String body = Chat.body("x", ",\"stream\":true,\"temperature\":0.5");
    clients.add(stack.asking(body));
    clients.add(stack.asking(body));
    stack.until(() -> asked() == 2);
    clients.add(stack.client().post(Chat.PATH, body(Chat.PATH, true, "x")));
    RawClient alone =
        stack
            .client()
            .post(Chat.PATH, body(Chat.PATH, true, "x"), Map.of("cache-control", "no-store"));
    clients.add(alone);
    stack.until(() -> asked() == 4);
  }
}
