package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who may see and change what concerns others, and that the log knows who did. */
@Tag("endtoend")
final class ConsoleGuardTest {
  private static final String DRAIN = "/ccproxy/backends/b0/drain";
  private static final Logger HTTP =
      (Logger) LoggerFactory.getLogger("com.visiquate.ccproxy.http.console");

  private final Stack stack =
      Stack.start(
          Recipe.of(1, Recipe.instant())
              .with(
                  "keys:\n"
                      + ConsoleClient.key("op", "operator: true")
                      + ConsoleClient.key("ada", "")));

  private final ConsoleClient nobody = ConsoleClient.of(stack);
  private final ConsoleClient ada = nobody.with("x-api-key", "ada's");
  private final ConsoleClient operator = nobody.with("Authorization", "Bearer op's");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @AfterEach
  void close() {
    HTTP.detachAppender(log);
    HTTP.setLevel(null);
    stack.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/ccproxy/events", "/ccproxy/now"})
  void showsOthersNothing(String path) throws IOException {
    assertThat(nobody.get(path).status()).isEqualTo(401);
    assertThat(ada.get(path).status()).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/ccproxy/requests/x/cancel",
        "/ccproxy/requests/x/class",
        "/ccproxy/clients/x/stop",
        "/ccproxy/backends/b0/drain",
        "/ccproxy/backends/b0/hold",
        "/ccproxy/backends/b0/return",
        "/ccproxy/backends/b0/warm",
        "/ccproxy/backends/b0/unload",
      })
  void takesNothingFromWhoIsNoOperator(String path) throws IOException {
    assertThat(nobody.post(path).status()).isEqualTo(401);
    assertThat(ada.post(path).status()).isEqualTo(403);
    assertThat(ada.post(path).body()).contains("operator_only");
    assertThat(operator.get(path).status()).isEqualTo(405);
    assertNothingHappened();
  }

  @ParameterizedTest
  @CsvSource({
    "x-ccproxy-console, ''",
    "x-ccproxy-console, yes",
    "Origin, http://evil.example",
    "Origin, https://localhost.evil.example",
    "Origin, http://localhost:3000",
    "Origin, null",
    "Sec-Fetch-Site, cross-site",
  })
  void takesNothingThatAnotherPageCouldHaveSent(String header, String value) throws IOException {
    assertThat(operator.with(header, value).post(DRAIN).status()).isEqualTo(403);
    assertNothingHappened();
  }

  @Test
  void takesNothingFromAPageThatHasTheSessionButNotTheHeader() throws IOException {
    String cookie = operator.post("/ccproxy/session").header("set-cookie");
    ConsoleClient form =
        ConsoleClient.bare(stack)
            .with("Cookie", cookie.substring(0, cookie.indexOf(';')))
            .with("Content-Type", "text/plain");
    assertThat(form.post(DRAIN).status()).isEqualTo(403);
    assertNothingHappened();
    assertThat(form.with("x-ccproxy-console", "1").post(DRAIN).status()).isEqualTo(200);
  }

  @Test
  void takesNothingFromAPageThatCallsItByItsOwnName() throws IOException {
    try (Stack open = Stack.start(Recipe.of(1, Recipe.instant()))) {
      ConsoleClient rebound =
          ConsoleClient.of(open)
              .with("Host", "evil.example:8081")
              .with("Origin", "http://evil.example:8081")
              .with("User-Agent", "Mozilla/5.0");
      assertThat(rebound.post(DRAIN).status()).isEqualTo(403);
      assertThat(rebound.get("/ccproxy/now").status()).isEqualTo(403);
      assertThat(rebound.get("/ccproxy/").status()).isEqualTo(403);
      ConsoleClient proxied = ConsoleClient.of(open).with("X-Forwarded-For", "192.168.1.7");
      assertThat(proxied.post(DRAIN).body()).contains("operator_only");
      assertThat(ConsoleClient.of(open).post(DRAIN).status()).isEqualTo(200);
    }
  }

  @Test
  void takesNoBodyThatIsLargeOrNoObject() throws IOException {
    JsonObject large = new JsonObject().put("model", "m".repeat(20_000));
    assertThat(operator.post(DRAIN, large).status()).isEqualTo(413);
    assertNothingHappened();
  }

  @Test
  void writesDownWhoDidWhat() throws IOException {
    log.start();
    HTTP.setLevel(Level.INFO);
    HTTP.addAppender(log);
    operator.post(DRAIN);
    operator.post("/ccproxy/clients/no%0Aone/stop");
    List<String> lines = log.list.stream().map(ConsoleGuardTest::line).toList();
    assertThat(lines.get(0)).contains("operator=\"op\"", "drain", "b0 gets no new work");
    assertThat(lines.get(1)).contains("operator=\"op\"", "no_one").doesNotContain("\n");
    assertThat(new Console(stack, operator).backend("b0").getString("drained")).isEqualTo("op");
  }

  private static String line(ILoggingEvent event) {
    return event.getFormattedMessage() + " " + event.getKeyValuePairs();
  }

  private void assertNothingHappened() {
    assertThat(new Console(stack, operator).backend("b0").containsKey("drained")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/cache/delete", "/cache/flushall"})
  void deletesNothingForAPageOfSomebodyElse(String path) throws IOException {
    try (Stack open = Stack.start(Recipe.of(1, Recipe.instant()).with("cache: {ttl: 5m}"))) {
      String keys = "{\"keys\":[\"x\"]}";
      assertThat(post(open, path, keys, Map.of("origin", "https://evil.example"))).isEqualTo(403);
      assertThat(post(open, path, keys, Map.of("sec-fetch-site", "cross-site"))).isEqualTo(403);
      assertThat(post(open, path, keys, Map.of("x-forwarded-for", "10.0.0.9"))).isEqualTo(403);
      assertThat(post(open, path, keys, Map.of("accept", "*/*"))).isEqualTo(200);
    }
  }

  private static int post(Stack stack, String path, String body, Map<String, String> headers)
      throws IOException {
    try (RawClient client = stack.client().post(path, body, headers)) {
      return client.reply().status();
    }
  }
}
