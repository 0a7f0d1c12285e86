package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several requests on one connection. */
@Tag("endtoend")
final class ConnectionTest {
  private Stack stack;

  @BeforeEach
  void open() {
    stack =
        Stack.start(Recipe.of(1, Recipe.instant().withSlots(4)))
            .answer("one", Script.text("1"))
            .answer("two", Script.text("2"));
  }

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void servesManyRequests() throws IOException {
    try (RawClient client = stack.client()) {
      for (int i = 0; i < 5; i++) {
        assertAnswer(client.post(Chat.PATH, Chat.streamed("one")).reply(), "1");
        RawClient.Reply whole = client.post(Chat.PATH, Chat.whole("two")).reply();
        assertThat(whole.body()).contains("\"content\":\"2\"");
        assertThat(client.request("GET", "/health/readiness").reply().status()).isEqualTo(200);
      }
    }
    assertThat(stack.chats()).isEqualTo(10);
  }

  @Test
  void answersPipelinedRequestsInTheirOrder() throws IOException {
    try (RawClient client = stack.client()) {
      client.post(Chat.PATH, Chat.streamed("one"));
      client.post(Chat.PATH, Chat.whole("two"));
      client.request("GET", "/v1/models");
      client.post(Chat.PATH, Chat.streamed("two"));

      assertAnswer(client.reply(), "1");
      assertThat(client.reply().body()).contains("\"content\":\"2\"");
      assertThat(client.reply().body()).contains("\"object\":\"list\"");
      assertAnswer(client.reply(), "2");
    }
  }

  @Test
  void survivesRequestsThatAreWrong() throws IOException {
    try (RawClient client = stack.client()) {
      for (String wrong : new String[] {"{", "[]", "{\"model\":\"m\"}", "\u0001"}) {
        RawClient.Reply refused = client.post(Chat.PATH, wrong).reply();
        assertThat(refused.status()).as(wrong).isEqualTo(400);
        assertThat(refused.body()).startsWith("{\"error\":{\"message\":\"");
      }
      assertAnswer(client.post(Chat.PATH, Chat.streamed("one")).reply(), "1");
    }
  }

  @Test
  void takesABodyThatComesInPieces() throws IOException {
    byte[] body = Chat.streamed("one").getBytes(UTF_8);
    String head =
        "POST %s HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n".formatted(Chat.PATH);
    try (RawClient client = stack.client()) {
      client.send(head.getBytes(UTF_8));
      for (byte each : body) {
        client.send(new byte[] {'1', '\r', '\n', each, '\r', '\n'});
      }
      client.send("0\r\n\r\n".getBytes(UTF_8));
      assertAnswer(client.reply(), "1");
    }
  }

  private static void assertAnswer(RawClient.Reply reply, String text) {
    assertThat(reply.properlyEnded()).isTrue();
    assertThat(Chat.timeless(reply.body())).isEqualTo(Chat.stream(reply, text));
  }
}
