package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Script;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Requests whose end two readers would see in two places: nobody may hide a second request behind
 * the difference, and nobody may write headers into a response.
 */
@Tag("endtoend")
final class SmugglingTest {
  private static final int SILENCE_MILLIS = 500;
  private static final String HIDDEN = "GET /hidden HTTP/1.1\r\nHost: x\r\n\r\n";
  private static Stack stack;

  @BeforeAll
  static void start() {
    stack = Stack.start(Recipe.of(1, Recipe.instant())).answer("x", Script.text("y"));
  }

  @AfterAll
  static void close() {
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Two lengths.
        "Content-Length: 2\r\nContent-Length: 40\r\n\r\n{}",
        "Content-Length: 2, 40\r\n\r\n{}",
        // A length and chunks.
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        // Chunks in disguise.
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n",
        // Lengths that are no numbers.
        "Content-Length: +2\r\n\r\n{}",
        "Content-Length: -2\r\n\r\n{}",
        "Content-Length: 0x2\r\n\r\n{}",
        "Content-Length: 2 2\r\n\r\n{}",
        "Content-Length: 99999999999999999999\r\n\r\n{}",
        "Content-Length : 2\r\n\r\n{}",
        // Chunks of odd sizes.
        "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n0x2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF2\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2;x=\"\n\"\r\n{}\r\n0\r\n\r\n",
        // Ends of lines and letters that some readers skip.
        "Content-Length: 2\rX: y\r\n\r\n{}",
        "Content-Length\u0000: 2\r\n\r\n{}",
        "X: a\u0000b\r\nContent-Length: 2\r\n\r\n{}",
        ": nameless\r\nContent-Length: 2\r\n\r\n{}",
      })
  void answersNoHiddenRequest(String rest) throws IOException {
    String seen = exchange("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n" + rest + HIDDEN);

    assertThat(seen).doesNotContain("/hidden");
    assertThat(seen.split("HTTP/1\\.1 ", -1).length - 1).isLessThanOrEqualTo(1);
    assertThat(seen).doesNotContain("HTTP/1.1 200");
  }

  @Test
  void readsWhatIsMeantOnceAndForAll() throws IOException {
    String chunked =
        String.join(
            "\r\n",
            "POST /nowhere HTTP/1.1",
            "Host: x",
            "Content-Length: 4",
            "Transfer-Encoding: chunked",
            "",
            "1e",
            "GET /hidden HTTP/1.1",
            "Host: x",
            "",
            "",
            "0",
            "",
            "");

    assertThat(exchange(chunked + HIDDEN)).contains("There is nothing at /nowhere.");
    assertThat(exchange(chunked + HIDDEN)).doesNotContain("/hidden");
  }

  /** A line that begins with a space goes on with the header before it, and is none itself. */
  @Test
  void readsNoHeaderInAFoldedLine() throws IOException {
    String folded = "X: y\r\n Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{}";
    String seen = exchange("POST /nowhere HTTP/1.1\r\nHost: x\r\n" + folded + HIDDEN);

    assertThat(seen).contains("There is nothing at /nowhere.", "There is nothing at /hidden.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/models/x%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: x\r\n",
        "GET /%0d%0aSet-Cookie:%20a=b HTTP/1.1\r\nHost: x\r\n",
        "GET /v1/models HTTP/1.1\r\nHost: x\r\nOrigin: http://localhost\u0085Set-Cookie: a=b\r\n",
      })
  void writesNothingOfAStrangerIntoItsHeaders(String head) throws IOException {
    assertHasNoCookie(exchange(head + "Connection: close\r\n\r\n"));
  }

  @Test
  void grantsNoHeaderThatWouldBeTwo() throws IOException {
    String head = "OPTIONS /v1/models HTTP/1.1\r\nHost: x\r\nOrigin: http://localhost\r\n";
    String wanted = "Access-Control-Request-Headers: x-ccproxy-\u000bSet-Cookie: a\r\n";

    assertHasNoCookie(exchange(head + wanted + "Connection: close\r\n\r\n"));
  }

  private static void assertHasNoCookie(String seen) {
    assertThat(seen.split("\r\n\r\n", 2)[0].toLowerCase(Locale.ROOT))
        .doesNotContain("\nset-cookie", "\u000b");
  }

  /** All that comes back until the connection ends or nothing more comes. */
  private static String exchange(String bytes) throws IOException {
    try (RawClient client = stack.client()) {
      client.send(bytes.getBytes(ISO_8859_1));
      return rest(client.socket());
    }
  }

  private static String rest(Socket socket) throws IOException {
    socket.setSoTimeout(SILENCE_MILLIS);
    InputStream in = socket.getInputStream();
    ByteArrayOutputStream seen = new ByteArrayOutputStream();
    try {
      for (int next = in.read(); next >= 0; next = in.read()) {
        seen.write(next);
      }
    } catch (SocketTimeoutException silent) {
      return seen.toString(ISO_8859_1);
    }
    return seen.toString(ISO_8859_1);
  }
}
