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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A hundred who ask the same at once hear, each in its own dialect, what they would hear alone. */
@Tag("endtoend")
@Timeout(60)
final class SharedCrowdTest {
  private static final int CLIENTS = 100;
  private static final int BLOCKS = 24;
  private static final int PIECES = 32;
  private static final SimulatedModel MODEL =
      SimulatedModel.plain(Recipe.MODEL, Capability.COMPLETION, Capability.TOOLS);
  private static final SimulatedModel EMBEDDER = SimulatedModel.plain("e", Capability.EMBEDDING);

  private final Gate gate = new Gate();
  private final List<RawClient> clients = new ArrayList<>();
  private final Stack stack =
      Stack.start(
              Recipe.of(2, Profile.instant().withModels(MODEL, EMBEDDER))
                  .models("m", "e")
                  .with("queue: {length: 1000}"))
          .answer("busy", Script.of(new Step.Text("a"), new Step.Hold(gate)))
          .answer("x", Script.of(new Step.Text("one "), new Step.Text("\u00e9\u0142\ud83d\ude00")));

  @AfterEach
  void close() throws IOException {
    gate.open();
    for (RawClient client : clients) {
      client.close();
    }
    stack.close();
  }

  private record Asked(String kind, RawClient client) {}

  private RawClient ask(String path, boolean stream, String control) throws IOException {
    RawClient client =
        stack.client().post(path, body(path, stream), Map.of("cache-control", control));
    clients.add(client);
    return client;
  }

  private static String body(String path, boolean stream) {
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
    String common = "{\"model\":\"m\",\"stream\":" + stream + ",";
    String options = "\"options\":{\"temperature\":0,\"num_predict\":50},";
    String limit = "\"temperature\":0,\"max_tokens\":50,";
    return switch (path) {
      case "/api/chat" -> common + options + messages;
      case "/api/generate" -> common + options + "\"raw\":true,\"prompt\":\"x\"}";
      case "/api/embed" -> "{\"model\":\"e\",\"input\":[\"x\",\"y\"],\"truncate\":false}";
      case "/v1/embeddings" -> "{\"model\":\"e\",\"input\":[\"x\",\"y\"]}";
      case "/v1/completions" -> common + limit + "\"prompt\":\"x\"}";
      case "/v1/responses" ->
          common + "\"temperature\":0,\"max_output_tokens\":50,\"input\":\"x\"}";
      default -> common + limit + messages;
    };
  }

  private long asked() {
    return stack.ollamas().stream()
        .mapToLong(
            one ->
                one.seen().requests("/api/chat")
                    + one.seen().requests("/api/generate")
                    + one.seen().requests("/api/embed"))
        .sum();
  }

  /** Both Ollamas are busy until the gate opens. */
  private void occupy() throws IOException {
    for (int i = 0; i < 2; i++) {
      RawClient client = stack.asking(Chat.body("busy", ",\"stream\":true"));
      clients.add(client);
      client.head();
    }
  }

  private void untilJoined(int count) {
    stack.untilMetric(
        "ccproxy_cache_requests_total{reason=\"running\",use=\"joined\"} " + count + ".0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/chat/completions /v1/responses /v1/messages /api/chat",
        "/v1/completions /api/generate",
        "/v1/embeddings /api/embed"
      })
  void hearWhatTheyWouldHearAloneByOneRunOfTheirOllama(String dialects) throws IOException {
    List<String> paths = List.of(dialects.split(" ", -1));
    Map<String, String> alone = new TreeMap<>();
    for (int i = 0; i < 2 * paths.size(); i++) {
      String path = paths.get(i / 2);
      RawClient.Reply reply = ask(path, i % 2 == 0, "no-store").reply();
      alone.put(path + (i % 2 == 0), plain(reply));
    }
    occupy();
    long before = asked();
    List<Asked> crowd = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      String path = paths.get(i % paths.size());
      boolean stream = i / paths.size() % 2 == 0;
      crowd.add(new Asked(path + stream, ask(path, stream, "max-age=60")));
    }
    untilJoined(CLIENTS - 1);
    gate.open();
    for (Asked one : crowd) {
      RawClient.Reply reply = one.client().reply();
      assertThat(reply.properlyEnded()).isTrue();
      assertThat(plain(reply)).as(one.kind()).isEqualTo(alone.get(one.kind()));
    }
    assertThat(asked() - before).isEqualTo(1);
  }

  /** Without ids, times, and how much of the prompt the run before had left in the cache. */
  private static String plain(RawClient.Reply reply) {
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return SharedRunTest.timeless(reply)
        .replaceAll("\"(cached_tokens|cache_read_input_tokens|input_tokens)\":\\d+", "\"$1\":0");
  }

  @Test
  void areAllServedWhereTheirOllamaDiesBeforeItsFirstWord() throws IOException {
    Gate late = new Gate();
    stack.answer("x", Script.of(new Step.Hold(late), new Step.Fail("the runner died")));
    List<Asked> crowd = chats();
    stack.until(() -> asked() == 1);
    stack.answer("x", Script.text("well"));
    late.open();
    for (Asked one : crowd) {
      RawClient.Reply reply = one.client().reply();
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      assertThat(reply.properlyEnded()).isTrue();
      assertThat(reply.body()).contains("well").doesNotContain("error");
    }
    assertThat(asked()).isEqualTo(2);
  }

  @Test
  void areToldAsIfAloneWhereAllOllamasDie() throws IOException {
    Gate late = new Gate();
    stack.answer("x", Script.of(new Step.Hold(late), new Step.Fail("the runner died")));
    List<Asked> crowd = chats();
    stack.until(() -> asked() == 1);
    late.open();
    for (Asked one : crowd) {
      assertThat(one.client().reply().status()).isEqualTo(502);
    }
    RawClient.Reply alone = ask(Chat.PATH, false, "no-store").reply();
    assertThat(alone.status()).isEqualTo(502);
    assertThat(asked()).isEqualTo(4);
  }

  private List<Asked> chats() throws IOException {
    List<Asked> crowd = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      crowd.add(new Asked(Chat.PATH, ask(Chat.PATH, i % 2 == 0, "max-age=60")));
    }
    untilJoined(CLIENTS - 1);
    return crowd;
  }

  /** More than sockets hold, said at the pace of those who read. */
  @Test
  void areNotHeldUpByOneWhoDoesNotRead() throws IOException {
    List<Gate> gates = Stream.generate(Gate::new).limit(BLOCKS).toList();
    String piece = "Q".repeat(16 << 10);
    List<Step> steps = new ArrayList<>();
    for (Gate next : gates) {
      steps.add(new Step.Hold(next));
      steps.addAll(Collections.nCopies(PIECES, new Step.Text(piece)));
    }
    stack.answer("x", Script.of(steps.toArray(Step[]::new)));
    List<RawClient> crowd = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      crowd.add(stack.asking(Chat.body("x", ",\"stream\":true,\"temperature\":0")));
      clients.add(crowd.getLast());
    }
    untilJoined(3);
    Map<RawClient, Integer> read = new HashMap<>();
    for (Gate next : gates) {
      next.open();
      for (RawClient one : crowd.subList(1, 4)) {
        read.put(one, read(one, read.get(one), piece.length() * PIECES));
      }
    }
    for (RawClient one : crowd.subList(1, 4)) {
      assertThat(one.text()).endsWith(Chat.DONE);
    }
    assertThat(crowd.getFirst().hasSaidAnything()).isTrue();
    assertThat(asked()).isEqualTo(1);
  }

  /** Reads so much of the answer; says how much more of it came with that. */
  private static int read(RawClient client, @Nullable Integer ahead, int wanted)
      throws IOException {
    if (ahead == null) {
      client.head();
    }
    int missing = wanted - (ahead == null ? 0 : ahead);
    while (missing > 0) {
      String chunk = client.text();
      assertThat(chunk).isNotEmpty().doesNotContain("error");
      missing -= (int) chunk.chars().filter(c -> c == 'Q').count();
    }
    return -missing;
  }
}
