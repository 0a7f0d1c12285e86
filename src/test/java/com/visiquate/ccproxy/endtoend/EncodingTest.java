package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.http.Packed;
import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Request bodies that come packed. */
@Tag("endtoend")
final class EncodingTest {
  private static final List<String> ENCODINGS = List.of("gzip", "deflate", "br", "zstd");
  private static final String MESSAGES = "/v1/messages";
  private static final int LIMIT = 1 << 20;
  private final Stack stack =
      Stack.start(Recipe.of(1, Recipe.instant()).server("body-limit: 1MiB"))
          .answer("packed", Script.text("unpacked"));

  @AfterEach
  void close() {
    stack.close();
  }

  @Test
  void areRead() throws IOException {
    byte[] body = Chat.body("packed", ",\"max_tokens\":10").getBytes(UTF_8);
    for (String encoding : ENCODINGS) {
      for (String path : List.of(Chat.PATH, MESSAGES)) {
        RawClient.Reply reply = post(path, encoding, Packed.by(encoding, body));
        assertThat(reply.status()).as("%s %s", path, encoding).isEqualTo(200);
        assertThat(reply.body()).contains("unpacked");
      }
      assertThat(post(MESSAGES + "/count_tokens", encoding, Packed.by(encoding, body)).body())
          .startsWith("{\"input_tokens\":");
    }
    assertThat(post(Chat.PATH, "br", Packed.BROTLI_CHAT).body()).contains("unpacked");
  }

  @Test
  void mayBeLargeButNotLargerThanAllowed() throws IOException {
    byte[] full = spaced(LIMIT);
    byte[] over = spaced(LIMIT + 1);
    for (String encoding : ENCODINGS) {
      if (!encoding.equals("br")) {
        assertThat(post(Chat.PATH, encoding, Packed.by(encoding, full)).status()).isEqualTo(200);
        assertLarge(post(Chat.PATH, encoding, Packed.by(encoding, over)), "\"code\":");
        assertLarge(post(MESSAGES, encoding, Packed.by(encoding, over)), "\"type\":");
      }
    }
    assertLarge(post(MESSAGES, "br", Packed.BROTLI_BOMB), "\"type\":");
    assertLarge(post(MESSAGES, "zstd", Packed.by("zstd", new byte[64 << 20])), "\"type\":");
  }

  @Test
  void areRefusedWhenTheyAreBroken() throws IOException {
    byte[] nonsense = "no packed data at all".getBytes(UTF_8);
    for (String encoding : ENCODINGS) {
      RawClient.Reply chat = post(Chat.PATH, encoding, nonsense);
      assertThat(chat.status()).as(encoding).isEqualTo(400);
      assertThat(chat.body()).contains("invalid_content_encoding");
      RawClient.Reply messages = post(MESSAGES, encoding, nonsense);
      assertThat(messages.status()).as(encoding).isEqualTo(400);
      assertThat(messages.body()).startsWith("{\"type\":\"error\"");
    }
    assertThat(post(Chat.PATH, "compress", nonsense).status()).isEqualTo(415);
    assertThat(stack.chats()).isZero();
  }

  private static void assertLarge(RawClient.Reply reply, String key) {
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.body()).contains(key + "\"request_too_large\"");
  }

  private static byte[] spaced(int length) {
    String body = Chat.whole("packed");
    return (body + " ".repeat(length - body.length())).getBytes(UTF_8);
  }

  private RawClient.Reply post(String path, String encoding, byte[] packed) throws IOException {
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Encoding: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, encoding, packed.length)
            .getBytes(UTF_8));
    request.writeBytes(packed);
    try (RawClient client = stack.client()) {
      client.send(request.toByteArray());
      return client.reply();
    }
  }
}
