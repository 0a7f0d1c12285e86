package com.visiquate.ccproxy.nodes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a client makes of an answer; needs no network but loopback. */
@Timeout(60)
final class CallTest {
  private static final String TOKEN =
      "data: {\"choices\":[{\"delta\":{\"content\":\" abc\"}}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";
  private static final String ERROR = "data: {\"error\":{\"message\":\"lost\"}}\n\n";

  @Test
  void tellsHowAnAnswerEnds() throws Exception {
    assertThat(end(200, TOKEN + ": waits\n\n" + TOKEN + DONE)).isEqualTo(Call.End.WHOLE);
    assertThat(end(200, TOKEN + ERROR + DONE)).isEqualTo(Call.End.ERROR);
    assertThat(end(200, TOKEN + ERROR)).isEqualTo(Call.End.ERROR);
    assertThat(end(503, ERROR)).isEqualTo(Call.End.REFUSED);
    assertThat(end(200, TOKEN + TOKEN)).isEqualTo(Call.End.CUT);
  }

  @Test
  void countsTokensAndEnds() throws Exception {
    assertThat(end(200, TOKEN + DONE)).isEqualTo(Call.End.WRONG);
    assertThat(end(200, TOKEN + TOKEN + TOKEN + DONE)).isEqualTo(Call.End.WRONG);
    assertThat(end(200, TOKEN + TOKEN + DONE + TOKEN)).isEqualTo(Call.End.WRONG);
  }

  private static Call.End end(int status, String body) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status, 0);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(body.getBytes(StandardCharsets.UTF_8));
          }
        });
    server.start();
    try (HttpClient http = HttpClient.newHttpClient()) {
      URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
      Call call = Call.of(http, url, 1, 2);
      Waits.until("it is over", () -> !call.isOpen());
      return call.end();
    } finally {
      server.stop(0);
    }
  }
}
