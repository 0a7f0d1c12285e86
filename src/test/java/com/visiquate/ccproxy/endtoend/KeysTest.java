package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.simulator.speech.Gate;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway that asks for keys. */
@Tag("endtoend")
final class KeysTest {
  private static final Map<String, String> ADA = Map.of("Authorization", "Bearer ada's");
  private final Gate gate = new Gate();
  private final Stack stack =
      Stack.start(
              Recipe.of(1, Recipe.instant())
                  .models("m", "n")
                  .with(
                      "keys:\n"
                          + key("ada", "")
                          + key("bob", "models: [n]")
                          + key("two", "requests-per-minute: 2")
                          + key("one", "concurrency: 1, priority: background")
                          + key("cheap", "tokens-per-minute: 1")))
          .answer("x", Script.text("y"))
          .answer("hold", Script.of(new Step.Text("a"), new Step.Hold(gate), new Step.Text("b")));

  @AfterEach
  void close() {
    gate.open();
    stack.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | \"type\":\"invalid_request_error\"",
        "/v1/responses | \"code\":\"invalid_api_key\"",
        "/v1/messages | \"type\":\"authentication_error\"",
        "/nowhere | invalid_api_key",
      })
  void asksForAKeyInTheWordsOfEachFamily(String path, String words) throws IOException {
    RawClient.Reply reply = post(path, Chat.whole("x"), Map.of());

    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.body()).contains(words, "Authentication Error, No api key passed in.");
    assertThat(reply.header("www-authenticate")).isEqualTo("Bearer realm=\"ccproxy\"");
    assertThat(reply.header("x-should-retry")).isEqualTo("false");
    assertThat(stack.nextEnd().status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/chat/completions | invalid_api_key",
        "/v1/messages | permission_error",
      })
  void refusesAWrongKeyAndNeverRepeatsIt(String path, String words) throws IOException {
    RawClient.Reply reply = post(path, Chat.whole("x"), Map.of("x-api-key", "s3cret"));

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.body()).contains(words).doesNotContain("s3cret", "sha256");
  }

  @Test
  void answersWhoeverBringsAKeyInEitherHeader() throws IOException {
    assertThat(post(Chat.PATH, Chat.whole("x"), ADA).status()).isEqualTo(200);
    assertThat(post(Chat.PATH, Chat.whole("x"), Map.of("x-api-key", "ada's")).status())
        .isEqualTo(200);
  }

  @Test
  void namesClientsByTheirKey() throws IOException {
    post(Chat.PATH, Chat.whole("x"), ADA);
    assertThat(stack.nextEnd().client().whole()).hasToString("ada");

    post(Chat.PATH, Chat.whole("x"), Map.of("x-api-key", "ada's", "x-ccproxy-client", "c7"));
    assertThat(stack.nextEnd().client()).hasToString("ada/c7");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/health",
        "/health/liveliness",
        "/health/liveness",
        "/health/readiness",
        "/metrics"
      })
  void leavesProbesOpen(String path) throws IOException {
    assertThat(stack.read(path).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/models",
        "/model/info",
        "/health/../v1/models",
        "/health/./../v1/models",
        "//v1/models",
        "/health/%2e%2e/v1/models",
        "/health%2f..%2fv1/models",
        "/health;/../v1/models",
        "/metrics/../v1/models",
        "/v1/responses/resp_1",
      })
  void opensNothingElseHoweverItIsSpelt(String path) throws IOException {
    assertThat(stack.read(path).status()).isEqualTo(401);
  }

  @Test
  void refusesBeforeTheBodyComes() throws IOException {
    String head = "POST %s HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n";
    try (RawClient client = stack.client()) {
      client.send(head.formatted(Chat.PATH).getBytes(UTF_8));
      RawClient.Reply reply = client.reply();
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.header("connection")).isEqualTo("close");
    }
  }

  @Test
  void letsAKeyUseItsModelsOnly() throws IOException {
    Map<String, String> bob = Map.of("Authorization", "Bearer bob's");
    RawClient.Reply refused = post(Chat.PATH, Chat.whole("x"), bob);
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("model_not_allowed");

    String other = Chat.whole("x").replace("\"m\"", "\"n\"");
    assertThat(post(Chat.PATH, other, bob).status()).isNotEqualTo(403);
    assertThat(get("/v1/models", "bob's").body()).contains("\"n\"").doesNotContain("\"m\"");
    assertThat(get("/model/info", "bob's").body()).contains("\"n\"").doesNotContain("\"m\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/chat", "/api/generate", "/api/embed", "/api/show"})
  void letsAClientOfOllamaUseItsModelsOnly(String path) throws IOException {
    Map<String, String> bob = Map.of("Authorization", "Bearer bob's");
    RawClient.Reply refused = post(path, "{\"model\":\"m\"}", bob);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).startsWith("{\"error\":\"").contains("may not use the model m");
    assertThat(post(path, "{\"model\":\"n\"}", bob).status()).isNotEqualTo(403);
    assertThat(get("/api/tags", "bob's").body()).contains("\"n\"").doesNotContain("\"m\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/messages/count_tokens | {'model':'%s','messages':[{'role':'user','content':'hi'}]}",
        "/v1/responses/input_tokens | {'model':'%s','input':'hi'}",
      },
      quoteCharacter = '"')
  void countsForAKeyTheTokensOfItsModelsOnly(String path, String body) throws IOException {
    Map<String, String> bob = Map.of("Authorization", "Bearer bob's");
    String json = body.replace('\'', '"');
    RawClient.Reply refused = post(path, json.formatted("m"), bob);

    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.body()).contains("may not use the model m").doesNotContain("input_tokens");
    assertThat(post(path, json.formatted("n"), bob).body()).contains("\"input_tokens\"");
    assertThat(post(path, json.formatted("m"), ADA).body()).contains("\"input_tokens\"");
  }

  @Test
  void bindsTheRequestsOfAMinute() throws IOException {
    Map<String, String> two = Map.of("Authorization", "Bearer two's");
    assertThat(post(Chat.PATH, Chat.whole("x"), two).status()).isEqualTo(200);
    assertThat(post(Chat.PATH, Chat.whole("x"), two).status()).isEqualTo(200);
    RawClient.Reply refused = post(Chat.PATH, Chat.whole("x"), two);

    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.body()).contains("rate_limit_exceeded", "2 requests a minute");
    assertThat(refused.header("retry-after")).isNotEmpty();
    assertThat(refused.header("x-should-retry")).isEqualTo("true");
    assertThat(post(Chat.PATH, Chat.whole("x"), ADA).status()).isEqualTo(200);
  }

  @Test
  void bindsTokensByWhatWasUsed() throws IOException {
    Map<String, String> cheap = Map.of("x-api-key", "cheap's");
    assertThat(post(Chat.PATH, Chat.whole("x"), cheap).status()).isEqualTo(200);

    stack.until(() -> status(cheap) == 429);
  }

  @Test
  void bindsRequestsAtOnceAndSetsTheirClass() throws IOException {
    Map<String, String> one = Map.of("x-api-key", "one's", "x-ccproxy-priority", "interactive");
    try (RawClient holder = stack.client().post(Chat.PATH, Chat.streamed("hold"), ADA)) {
      RawClient.Reply held = holder.head();
      try (RawClient waiting = stack.client().post(Chat.PATH, Chat.whole("x"), one)) {
        stack.untilMetric("ccproxy_queue_waiting{class=\"background\",model=\"m\"} 1.0");
        RawClient.Reply refused = post(Chat.PATH, Chat.whole("x"), one);
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.body()).contains("1 requests at once");
        gate.open();
        assertThat(waiting.reply().status()).isEqualTo(200);
      }
      holder.rest(held);
    }
    stack.until(() -> status(one) == 200);
  }

  @Test
  void givesAPlaceBackWhenItsClientLeaves() throws IOException {
    Map<String, String> one = Map.of("x-api-key", "one's");
    try (RawClient holder = stack.client().post(Chat.PATH, Chat.streamed("hold"), one)) {
      holder.head();
      assertThat(post(Chat.PATH, Chat.whole("x"), one).status()).isEqualTo(429);
    }
    gate.open();
    stack.until(() -> status(one) == 200);
  }

  @Test
  void takesAKeyAwayWhileItRuns() throws IOException {
    String yaml = stack.yaml().replace(digest("ada"), digest("eve"));
    Waits.done(stack.gateway().reload(Recipe.settings(yaml).plan()));

    stack.until(() -> status(ADA) == 403);
    assertThat(status(Map.of("Authorization", "Bearer eve's"))).isEqualTo(200);
  }

  private int status(Map<String, String> headers) {
    try {
      return post(Chat.PATH, Chat.whole("x"), headers).status();
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private RawClient.Reply post(String path, String body, Map<String, String> headers)
      throws IOException {
    try (RawClient client = stack.client().post(path, body, headers)) {
      return client.reply();
    }
  }

  private RawClient.Reply get(String path, String key) throws IOException {
    String head = "GET %s HTTP/1.1\r\nHost: localhost\r\nx-api-key: %s\r\n\r\n";
    try (RawClient client = stack.client()) {
      client.send(head.formatted(path, key).getBytes(UTF_8));
      return client.reply();
    }
  }

  private static String key(String name, String more) {
    String separator = more.isEmpty() ? "" : ", ";
    return "  - {name: %s, key: \"sha256:%s\"%s%s}\n"
        .formatted(name, digest(name), separator, more);
  }

  /** Of the key that is the name and "'s". */
  static String digest(String name) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest((name + "'s").getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new AssertionError(everyJdkHasIt);
    }
  }
}
