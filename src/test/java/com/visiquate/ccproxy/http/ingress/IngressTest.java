package com.visiquate.ccproxy.http.ingress;

import static com.visiquate.ccproxy.http.FakeStages.next;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.http.Gateway;
import com.visiquate.ccproxy.http.Plans;
import com.visiquate.ccproxy.http.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All paths but a proper chat, and what is refused before it becomes one. */
final class IngressTest {
  private Gateway gateway;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    gateway = new Gateway();
    client = gateway.client();
  }

  @AfterEach
  void stop() throws Exception {
    client.close();
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models/hf.co/user/repo:tag", "/v1/models/hf.co%2Fuser%2Frepo%3Atag"})
  void findsAModelHoweverItsNameIsSpelt(String path) throws Exception {
    assertThat(client.get(path).response())
        .startsWith("HTTP/1.1 200 ")
        .contains("{\"id\":\"hf.co/user/repo:tag\"");
  }

  @Test
  void listsModelsAndAliases() throws Exception {
    assertThat(client.get("/v1/models?limit=1000").response())
        .contains("\"id\":\"gpt-4\"")
        .contains("\"id\":\"fast\"")
        .contains("\"id\":\"hf.co/user/repo:tag\"");
  }

  @Test
  void doesNotKnowEveryModel() throws Exception {
    assertThat(client.get("/v1/models/none").response())
        .startsWith("HTTP/1.1 404 ")
        .contains("model_not_found");
  }

  @Test
  @Timeout(10)
  void saysHowItFeels() throws Exception {
    assertThat(client.get("/health").response())
        .startsWith("HTTP/1.1 503 ")
        .contains("\"status\":\"unhealthy\",\"uptime\":60");
    gateway
        .stages
        .bus()
        .publish(Address.FLEET_STATUS, new StatusChanged(Plans.status(Plans.ONE, Health.UP)));
    String health = client.get("/health").response();
    while (health.startsWith("HTTP/1.1 503 ")) {
      // The status travels on the bus, the question on the socket: either may be first.
      health = client.get("/health").response();
    }
    assertThat(health).startsWith("HTTP/1.1 200 ").contains("\"status\":\"degraded\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health/liveliness", "/health/liveness", "/health/readiness"})
  void isThere(String path) throws Exception {
    assertThat(client.get(path).response())
        .startsWith("HTTP/1.1 200 ")
        .containsIgnoringCase("x-request-id: ");
  }

  @Test
  void handsMetricsOut() throws Exception {
    assertThat(client.get("/metrics").response()).endsWith("# some meters\n");
  }

  @Test
  void speaksTheFamilyOfAnUnknownPath() throws Exception {
    assertThat(client.get("/v1/nothing").response())
        .startsWith("HTTP/1.1 404 ")
        .contains("{\"error\":{\"message\":\"There is nothing at /v1/nothing.\"");
    assertThat(client.get("/v1/messages/nothing").response())
        .startsWith("HTTP/1.1 404 ")
        .contains("{\"type\":\"error\",\"error\":{\"type\":\"not_found_error\",")
        .contains("\"request_id\":\"req_");
    assertThat(client.get("/api/nothing").response())
        .startsWith("HTTP/1.1 404 ")
        .contains("{\"error\":\"There is nothing at /api/nothing.\"}");
  }

  @Test
  void saysWhichMethodsAPathAllows() throws Exception {
    assertThat(client.get("/v1/chat/completions").response())
        .startsWith("HTTP/1.1 405 ")
        .containsIgnoringCase("allow: POST, OPTIONS");
    assertThat(client.send("DELETE /v1/models HTTP/1.1\r\nHost: x\r\n\r\n").response())
        .startsWith("HTTP/1.1 405 ")
        .containsIgnoringCase("allow: GET, HEAD, OPTIONS");
  }

  @Test
  void givesNoOtherOriginLeave() throws Exception {
    String ask =
        "OPTIONS /v1/chat/completions HTTP/1.1\r\nHost: x\r\nOrigin: http://evil.example\r\n\r\n";
    assertThat(client.send(ask).response())
        .startsWith("HTTP/1.1 204 ")
        .doesNotContainIgnoringCase("access-control");
    String page = "Origin: http://evil.example\r\nContent-Type: text/plain";
    assertThat(client.post("{}", page).response()).startsWith("HTTP/1.1 415 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no json", "[]", "{\"model\":1}"})
  void refusesWhatIsNoRequest(String body) throws Exception {
    assertThat(client.post(body).response())
        .startsWith("HTTP/1.1 400 ")
        .contains("invalid_request_error")
        .containsIgnoringCase("x-should-retry: false");
    assertThat(next(gateway.stages.ended).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(gateway.stages.submits).isEmpty();
  }

  @Test
  void acceptsEverySpellingOfItsPath() throws Exception {
    for (String path :
        new String[] {"/chat/completions", "/v1/chat/completions/", "/chat/completions/"}) {
      assertThat(
              client
                  .send("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                  .response())
          .contains("empty_body");
    }
  }

  @Test
  void refusesALargeBodyByItsLengthAtOnce() throws Exception {
    client.send(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n");
    assertThat(client.response())
        .startsWith("HTTP/1.1 413 ")
        .contains("request_too_large")
        .containsIgnoringCase("connection: close");
  }

  @Test
  void refusesALargeBodyInChunks() throws Exception {
    client.send(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
    client.send("10001\r\n" + "x".repeat(0x10001) + "\r\n");
    assertThat(client.response()).startsWith("HTTP/1.1 413 ");
    client.send("0\r\n\r\n");
    assertThat(client.isClosed()).isTrue();
    assertThat(next(gateway.stages.ended).status()).isEqualTo(413);
  }

  @Test
  void refusesWhatItCannotDecode() throws Exception {
    assertThat(client.post("{}", "Content-Encoding: compress").response())
        .startsWith("HTTP/1.1 415 ")
        .containsIgnoringCase("accept-encoding: gzip, deflate, br, zstd")
        .contains("compress");
  }

  @Test
  void asksForABodyThatWaitsToBeAskedFor() throws Exception {
    String chat = "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n";
    client.send(chat + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    assertThat(client.until("\r\n\r\n")).startsWith("HTTP/1.1 100 ");
    assertThat(client.send("{}").response()).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void refusesHugeHeaders() throws Exception {
    client.send("GET / HTTP/1.1\r\nHost: x\r\nX-Big: " + "x".repeat(5_000) + "\r\n\r\n");
    assertThat(client.response()).startsWith("HTTP/1.1 431 ").contains("headers_too_large");
    assertThat(client.isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: x",
        "Content-Length: -1",
        "Bad Name: x"
      })
  void refusesAmbiguousRequests(String header) throws Exception {
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n");
    assertThat(client.until("\r\n")).startsWith("HTTP/1.1 400 ");
    assertThat(client.isClosed()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/chat/completions", "/v1/nothing"})
  void believesNothingBehindABodyOfTwoLengths(String path) throws Exception {
    client.send(
        "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
            .formatted(path));
    client.send("0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(client.response())
        .startsWith("HTTP/1.1 4")
        .containsIgnoringCase("connection: close");
    assertThat(client.rest()).isEmpty();
  }

  @Test
  void closesConnectionsThatNobodyUses() throws Exception {
    client.get("/").response();
    boolean closed = false;
    // More than once: the client may have its response before the server has seen the end of it,
    // and then the connection was in use until after the first step.
    for (int i = 0; i < 100 && !closed; i++) {
      gateway.clock.advance(Duration.ofSeconds(75));
      closed = client.isClosedWithin(Duration.ofMillis(300));
    }
    assertThat(closed).isTrue();
  }

  @Test
  void closesConnectionsThatNeverFinishTheirFirstHead() throws Exception {
    client.send("GET / HTTP/1.1\r\nX-Slow: ");
    boolean closed = false;
    for (int i = 0; i < 100 && !closed; i++) {
      client.send("a");
      gateway.clock.advance(Duration.ofSeconds(15));
      closed = client.isClosedWithin(Duration.ofMillis(300));
    }
    assertThat(closed).isTrue();
  }

  @Test
  void refusesABodyThatComesTooSlowly() throws Exception {
    client.send("POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{");
    while (!client.hasSaidAnything()) {
      gateway.clock.advance(Duration.ofSeconds(15));
      gateway.settle();
    }
    assertThat(client.response())
        .startsWith("HTTP/1.1 408 ")
        .contains("request_timeout")
        .containsIgnoringCase("connection: close");
    assertThat(next(gateway.stages.ended).status()).isEqualTo(408);
    assertThat(gateway.stages.submits).isEmpty();
  }
}
