package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.dialect.ollama.NativeStreamGrammar;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that nobody should send, at every door that clients of Ollama know. */
@Tag("endtoend")
@Execution(ExecutionMode.CONCURRENT)
final class NativeFuzzTest {
  private static final int BODIES = 10_000;
  private static final long SEED = 20_261_122;
  private static final List<String> VALID =
      List.of(
          """
          {"model":"m","stream":false,"keep_alive":-1,"think":true,"format":"json","raw":false,
           "options":{"num_predict":9,"num_ctx":8,"temperature":0.5,"stop":["x"],"min_p":0.1},
           "prompt":"b","system":"a","suffix":"","input":["a","b"],"dimensions":3,"name":"m",
           "messages":[{"role":"system","content":"a"},{"role":"user","content":"b",
             "images":["iVBORw0KGgo="]},
            {"role":"assistant","content":"","thinking":"t","tool_calls":[{"id":"call_12345678",
             "function":{"index":0,"name":"f","arguments":{"p":[1,{"q":null}]}}}]},
            {"role":"tool","tool_call_id":"call_12345678","tool_name":"f","content":"c"}],
           "tools":[{"type":"function","function":{"name":"f","description":"d",
             "parameters":{"type":"object","properties":{"p":{"type":"string"}}}}}]}
          """,
          """
          {"model":"m:latest","stream":true,"logprobs":true,"top_logprobs":2,"think":"low",
           "format":{"type":"object","properties":{"p":{"type":"integer"}}},"input":"a",
           "prompt":"b","template":"{{ .Prompt }}","images":["iVBORw0KGgo="],"context":[1,2],
           "messages":[{"role":"user","content":"b"},{"role":"assistant","content":"c"},
            {"role":"user","content":"d"}]}
          """,
          """
          {"model":"m","messages":[],"prompt":"","input":[],"keep_alive":0}
          """);

  private static final SimulatedModel ABLE = SimulatedModel.plain("m", Capability.values());
  private final Stack stack = Stack.start(Recipe.of(1, Recipe.instant().withModels(ABLE)));

  @AfterEach
  void close() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/api/chat", "/api/generate", "/api/embed", "/api/embeddings", "/api/show"})
  void areAnsweredInOllamasWords(String path) throws IOException {
    HostileBodies bodies = new HostileBodies(VALID, SEED);
    int served = 0;
    RawClient client = stack.client();
    for (int i = 0; i < BODIES; i++) {
      client.send(bodies.request(path));
      RawClient.Reply reply = client.reply();

      assertSound(reply, "seed %d, body %d, %s".formatted(SEED, i, path));
      served += reply.status() == 200 ? 1 : 0;
      if (reply.header("connection").equals("close")) {
        client.close();
        client = stack.client();
      }
    }
    client.close();
    assertThat(stack.silentWaits()).isZero();
    assertThat(stack.ollama(0).seen().models().reloads()).isZero();
    assertThat(served).as("bodies that were understood").isBetween(BODIES / 50, BODIES * 9 / 10);
  }

  private static void assertSound(RawClient.Reply reply, String which) {
    assertThat(reply.status()).as("%s: %s", which, reply.body()).isIn(200, 400, 403, 404, 413, 415);
    assertThat(reply.properlyEnded()).as(which).isTrue();
    assertThat(reply.body()).as(which).doesNotContain("Exception", "java.", "\tat ");
    if (reply.status() != 200) {
      assertThat(reply.body()).as(which).startsWith("{\"error\":\"").endsWith("\"}");
    } else if (reply.header("content-type").equals("application/x-ndjson")) {
      NativeStreamGrammar.check(reply.body().getBytes(UTF_8));
    } else {
      assertThat(reply.body()).as(which).startsWith("{").endsWith("}").doesNotContain("\"error\"");
    }
  }
}
