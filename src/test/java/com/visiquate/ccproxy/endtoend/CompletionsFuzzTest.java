package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.Capability;
import com.visiquate.ccproxy.simulator.SimulatedModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies that nobody should send, where texts go on and where they are embedded. */
final class CompletionsFuzzTest {
  private static final int BODIES = 10_000;
  private static final long SEED = Long.getLong("seed", 20_261_121);
  private static final List<String> COMPLETIONS =
      List.of(
          """
          {"model":"m","prompt":"Once","max_tokens":4,"temperature":0.5,"stop":["x"],"n":2,
           "seed":7,"logprobs":2,"user":"u","best_of":2,"echo":false,"suffix":null}
          """,
          """
          {"model":"m","prompt":["a","b","c"],"stream":true,"echo":true,"max_tokens":2,
           "stream_options":{"include_usage":true},"logit_bias":{"5":1},"metadata":{"user_id":"u"}}
          """,
          """
          {"model":"m","prompt":"def f(","suffix":"return","max_tokens":3,"stream":false}
          """);
  private static final List<String> EMBEDDINGS =
      List.of(
          """
          {"model":"e","input":"hello","encoding_format":"base64","dimensions":8,"user":"u"}
          """,
          """
          {"model":"e","input":["a","b","c"],"encoding_format":"float","metadata":{"user_id":"u"}}
          """,
          """
          {"model":"m","input":[1,2,3]}
          """);

  private final Stack stack =
      Stack.start(
          Recipe.of(
                  2,
                  Recipe.instant()
                      .withModels(
                          SimulatedModel.plain("m", Capability.COMPLETION, Capability.INSERT),
                          SimulatedModel.plain("e", Capability.EMBEDDING)))
              .models("m", "e"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void completionsAreAnsweredInTheFamilysWords() throws IOException {
    areSound("/v1/completions", COMPLETIONS);
  }

  @Test
  void embeddingsAreAnsweredInTheFamilysWords() throws IOException {
    areSound("/v1/embeddings", EMBEDDINGS);
  }

  private void areSound(String path, List<String> valid) throws IOException {
    HostileBodies bodies = new HostileBodies(valid, SEED);
    int served = 0;
    RawClient client = stack.client();
    for (int i = 0; i < BODIES; i++) {
      byte[] body = bodies.next();
      client.send(request(path, body));
      RawClient.Reply reply = client.reply();
      isSound(reply, "seed %d, body %d, %s".formatted(SEED, i, path));
      served += reply.status() == 200 ? 1 : 0;
      if (reply.header("connection").equals("close")) {
        client.close();
        client = stack.client();
      }
    }
    client.close();
    assertThat(stack.silentWaits()).isZero();
    assertThat(served).as("bodies that were understood").isBetween(BODIES / 20, BODIES * 2 / 3);
  }

  private static void isSound(RawClient.Reply reply, String which) {
    assertThat(reply.status()).as("%s: %s", which, reply.body()).isIn(200, 400, 404, 413, 415);
    assertThat(reply.properlyEnded()).as(which).isTrue();
    assertThat(reply.body()).as(which).doesNotContain("Exception", "java.", "\tat ");
    if (reply.status() != 200) {
      assertThat(reply.body()).as(which).startsWith("{\"error\":{\"message\":\"");
    }
  }

  private static byte[] request(String path, byte[] body) {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, body.length)
            .getBytes(UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }
}
