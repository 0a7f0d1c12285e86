package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that nobody should send, at every door where bodies come in. */
final class MessagesFuzzTest {
  private static final int BODIES = 2_000;
  private static final long SEED = 20_261_121;
  private static final List<String> VALID =
      List.of(
          """
          {"model":"m","max_tokens":20,"stream":false,"temperature":0.5,"stop":["x"],
           "messages":[{"role":"system","content":"a"},{"role":"user","content":"b"},
            {"role":"assistant","content":null,"tool_calls":[{"id":"call_12345678",
             "type":"function","function":{"name":"f","arguments":"{}"}}]},
            {"role":"tool","tool_call_id":"call_12345678","content":"c"}],
           "tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}],
           "response_format":{"type":"json_object"},"tool_choice":"auto"}
          """,
          """
          {"model":"m","max_tokens":20,"stream":true,"system":[{"type":"text","text":"a"}],
           "thinking":{"type":"enabled","budget_tokens":1024},"stop_sequences":["x"],
           "messages":[{"role":"user","content":[{"type":"text","text":"b"},{"type":"image",
             "source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]},
            {"role":"assistant","content":[{"type":"tool_use","id":"toolu_1","name":"f","input":{}}]},
            {"role":"user","content":[{"type":"tool_result","tool_use_id":"toolu_1","content":"c"}]}],
           "tools":[{"name":"f","input_schema":{"type":"object","properties":{"p":{}}}}],
           "tool_choice":{"type":"auto"},"metadata":{"user_id":"u"}}
          """);

  /** Put where a value or a part of one stood. */
  private static final List<String> SPLINTERS =
      List.of(
          "null",
          "true",
          "-1",
          "1e999",
          "99999999999999999999",
          "\"\"",
          "[]",
          "{}",
          "[[[",
          "}}",
          "\"\\ud800\"",
          "\"\\u0000\"",
          "\"type\":",
          "\"$ref\":\"#\"",
          "\u0000",
          "\ufeff",
          ",",
          ":",
          "{\"type\":\"object\",\"$ref\":\"#/a\"}",
          "[".repeat(500),
          "{\"a\":".repeat(300),
          "NaN");

  private final Stack stack = Stack.start(Recipe.of(1, Recipe.instant()));

  @AfterEach
  void close() {
    stack.close();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions, '{\"error\":{\"message\":\"'",
    "/v1/messages, '{\"type\":\"error\",\"error\":{\"type\":\"'",
    "/v1/messages/count_tokens, '{\"type\":\"error\",\"error\":{\"type\":\"'"
  })
  void areAnsweredInTheFamilysWords(String path, String error) throws IOException {
    SplittableRandom random = new SplittableRandom(SEED);
    int served = 0;
    RawClient client = stack.client();
    for (int i = 0; i < BODIES; i++) {
      client.send(request(path, body(random), random));
      RawClient.Reply reply = client.reply();

      assertSound(reply, error, "seed %d, body %d, %s".formatted(SEED, i, path));
      served += reply.status() == 200 ? 1 : 0;
      if (reply.header("connection").equals("close")) {
        client.close();
        client = stack.client();
      }
    }
    client.close();
    assertThat(stack.silentWaits()).isZero();
    assertThat(served).as("bodies that were understood").isBetween(BODIES / 50, BODIES / 2);
  }

  private static void assertSound(RawClient.Reply reply, String error, String which) {
    assertThat(reply.status()).as("%s: %s", which, reply.body()).isIn(200, 400, 404, 413, 415);
    assertThat(reply.properlyEnded()).as(which).isTrue();
    assertThat(reply.body()).as(which).doesNotContain("Exception", "java.", "\tat ");
    if (reply.status() != 200) {
      assertThat(reply.body()).as(which).startsWith(error);
    }
  }

  static byte[] request(String path, byte[] body, SplittableRandom random) {
    String encoding =
        random.nextInt(20) == 0
            ? "Content-Encoding: %s\r\n"
                .formatted(List.of("gzip", "br", "zstd").get(random.nextInt(3)))
            : "";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        "POST %s HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"
            .formatted(path, encoding, body.length)
            .getBytes(UTF_8));
    request.writeBytes(body);
    return request.toByteArray();
  }

  private static byte[] body(SplittableRandom random) {
    byte[] body = VALID.get(random.nextInt(VALID.size())).getBytes(UTF_8);
    for (int i = random.nextInt(4); i > 0 && body.length > 2; i--) {
      body = broken(body, random);
    }
    return body;
  }

  static byte[] broken(byte[] body, SplittableRandom random) {
    int at = random.nextInt(body.length);
    int end = Math.min(body.length, at + random.nextInt(1, 30));
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(body, at);
      case 1 -> joined(body, at, new byte[] {(byte) random.nextInt()}, at + 1);
      case 2 -> joined(body, at, new byte[0], end);
      case 3 -> joined(body, end, Arrays.copyOfRange(body, at, end), end);
      default -> splintered(body, at, random);
    };
  }

  /** A value, from behind its colon to the next comma or bracket, gives way to a splinter. */
  private static byte[] splintered(byte[] body, int from, SplittableRandom random) {
    int colon = from;
    while (colon < body.length - 1 && body[colon] != ':') {
      colon++;
    }
    int end = colon + 1;
    while (end < body.length && ",}]".indexOf(body[end]) < 0) {
      end++;
    }
    byte[] splinter = SPLINTERS.get(random.nextInt(SPLINTERS.size())).getBytes(UTF_8);
    return joined(body, colon + 1, splinter, end);
  }

  private static byte[] joined(byte[] body, int before, byte[] middle, int after) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(body, 0, before);
    joined.writeBytes(middle);
    joined.write(body, after, body.length - after);
    return joined.toByteArray();
  }
}
