package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.simulator.model.Capability;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import com.visiquate.ccproxy.simulator.speech.Script;
import com.visiquate.ccproxy.simulator.speech.Script.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Answers that are kept for those who ask the same again. */
@Tag("endtoend")
@Timeout(60)
final class StoredAnswersTest {
  private final Stack stack =
      Stack.start(
              Recipe.of(
                      1,
                      Profile.instant()
                          .withModels(
                              SimulatedModel.plain(
                                  Recipe.MODEL, Capability.COMPLETION, Capability.TOOLS)))
                  .with("cache: {ttl: 5m}")
                  .with("keys:")
                  .with("  - {name: a, key: 'sha256:%s'}".formatted(digest("ka")))
                  .with("  - {name: b, key: 'sha256:%s'}".formatted(digest("kb")))
                  .with("  - {name: o, key: 'sha256:%s', operator: true}".formatted(digest("ko"))))
          .answer("x", Script.of(new Step.Text("one "), new Step.Text("\u00e9\u0142\ud83d\ude00")));

  @AfterEach
  void close() {
    stack.close();
  }

  private static String digest(String key) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(key.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private RawClient.Reply ask(String path, String body, String... headers) throws IOException {
    Map<String, String> all =
        headers.length == 0
            ? Map.of("authorization", "Bearer ka")
            : Map.of("authorization", headers[0], "cache-control", headers[1]);
    try (RawClient client = stack.client().post(path, body, all)) {
      return client.reply();
    }
  }

  private long asked() {
    return stack.ollama(0).seen().requests().values().stream().mapToLong(Long::longValue).sum()
        - stack.ollama(0).seen().requests("/api/tags")
        - stack.ollama(0).seen().requests("/api/ps")
        - stack.ollama(0).seen().requests("/api/version")
        - stack.ollama(0).seen().requests("/api/show");
  }

  private static String body(String path, boolean stream, String more) {
    String messages = "\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]";
    String common = "{\"model\":\"m\",\"stream\":" + stream + more + ",";
    return switch (path) {
      case "/api/chat" -> common + "\"options\":{\"temperature\":0}," + messages + "}";
      case "/api/generate" -> common + "\"options\":{\"temperature\":0},\"prompt\":\"x\"}";
      case "/v1/responses" -> common + "\"temperature\":0,\"input\":\"x\"}";
      case "/v1/completions" -> common + "\"temperature\":0,\"prompt\":\"x\"}";
      case "/v1/embeddings" -> "{\"model\":\"m\",\"input\":[\"x\",\"y\"]}";
      default -> common + "\"temperature\":0,\"max_tokens\":9," + messages + "}";
    };
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/chat/completions",
    "/v1/completions",
    "/v1/responses",
    "/v1/messages",
    "/api/chat",
    "/api/generate",
    "/v1/embeddings"
  })
  void replaysTheSameBytesStreamedAndWhole(String path) throws IOException {
    RawClient.Reply whole = ask(path, body(path, false, ""), "Bearer ka", "no-cache");
    RawClient.Reply stream = ask(path, body(path, true, ""), "Bearer ka", "no-cache");
    long before = asked();
    RawClient.Reply again = ask(path, body(path, false, ""));
    assertThat(again.header("x-ccproxy-cache")).isEqualTo("hit");
    assertThat(again.header("cache-status")).startsWith("ccproxy; hit; ttl=");
    assertThat(again.headers()).containsKeys("age", "x-litellm-cache-key");
    assertThat(cacheless(again)).isEqualTo(cacheless(whole));
    assertThat(cacheless(ask(path, body(path, true, "")))).isEqualTo(cacheless(stream));
    assertThat(asked()).isEqualTo(before);
  }

  /** A hit says that all of its prompt was cached. */
  private static String cacheless(RawClient.Reply reply) {
    return SharedRunTest.timeless(reply)
        .replaceAll("\"(cached_tokens|cache_read_input_tokens|input_tokens)\":\\d+", "\"$1\":0");
  }

  @Test
  void isInTheRecordsWithoutTimeOfAMachine() throws IOException {
    ask(Chat.PATH, body(Chat.PATH, false, ""));
    ExchangeEnded first = stack.nextEnd();
    assertThat(ask(Chat.PATH, body(Chat.PATH, false, "")).status()).isEqualTo(200);
    ExchangeEnded second = stack.nextEnd();
    assertThat(second.placement()).matches(at -> at != null && at.isCached());
    assertThat(second.counts().promptTokens()).isEqualTo(first.counts().promptTokens());
    assertThat(second.counts().cachedTokens()).isEqualTo(first.counts().promptTokens());
    assertThat(second.counts().totalNanos()).isZero();
  }

  @Test
  void belongsToTheKeyThatAskedUnlessItIsShared() throws IOException {
    String alone = body(Chat.PATH, false, "");
    assertThat(use(ask(Chat.PATH, alone))).isEqualTo("miss");
    assertThat(use(ask(Chat.PATH, alone, "Bearer kb", "max-age=60"))).isEqualTo("miss");
    String shared = body(Chat.PATH, false, ",\"cache\":{\"namespace\":\"team\"}");
    assertThat(use(ask(Chat.PATH, shared))).isEqualTo("miss");
    assertThat(use(ask(Chat.PATH, shared, "Bearer kb", "max-age=60"))).isEqualTo("hit");
  }

  private static String use(RawClient.Reply reply) {
    return reply.header("x-ccproxy-cache");
  }

  @Test
  void keepsToTheWordsOfHttp() throws IOException {
    String body = body(Chat.PATH, false, "");
    RawClient.Reply none = ask(Chat.PATH, body, "Bearer ka", "only-if-cached");
    assertThat(none.status()).isEqualTo(504);
    assertThat(none.body()).contains("\"code\":\"not_cached\"");
    assertThat(none.header("x-should-retry")).isEqualTo("false");
    assertThat(use(ask(Chat.PATH, body, "Bearer ka", "no-store"))).isNotEqualTo("miss");
    assertThat(use(ask(Chat.PATH, body))).isEqualTo("miss");
    assertThat(use(ask(Chat.PATH, body, "Bearer ka", "only-if-cached"))).isEqualTo("hit");
    assertThat(use(ask(Chat.PATH, body, "Bearer ka", "max-age=0"))).isIn("hit", "miss");
    assertThat(use(ask(Chat.PATH, body, "Bearer ka", "no-cache"))).isEqualTo("miss");
    assertThat(use(ask(Chat.PATH, body))).isEqualTo("hit");
  }

  @Test
  void keepsNothingThatWasCutOrMayDiffer() throws IOException {
    String cut = body(Chat.PATH, false, "").replace("\"max_tokens\":9", "\"max_tokens\":1");
    assertThat(ask(Chat.PATH, cut).body()).contains("\"finish_reason\":\"length\"");
    assertThat(use(ask(Chat.PATH, cut))).isEqualTo("miss");
    String warm = Chat.body("x", ",\"temperature\":0.7");
    assertThat(use(ask(Chat.PATH, warm))).isEmpty();
    String tools =
        body(
            Chat.PATH, false, ",\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]");
    assertThat(use(ask(Chat.PATH, tools))).isEmpty();
    assertThat(use(ask(Chat.PATH, tools))).isEmpty();
  }

  @Test
  void forgetsWhatAnOperatorDeletes() throws IOException {
    String body = body(Chat.PATH, false, "");
    ask(Chat.PATH, body);
    assertThat(delete("ka").status()).isEqualTo(403);
    assertThat(use(ask(Chat.PATH, body))).isEqualTo("hit");
    assertThat(delete("ko").body()).contains("\"deleted\":1");
    assertThat(use(ask(Chat.PATH, body))).isEqualTo("miss");
  }

  @Test
  void forgetsWhatLiteLlmsPathsSay() throws IOException {
    String body = body(Chat.PATH, false, "");
    String other = body(Chat.PATH, true, ",\"seed\":1");
    String key = ask(Chat.PATH, body).header("x-litellm-cache-key");
    ask(Chat.PATH, other);
    String keys = "{\"keys\":[\"%s\",\"unknown\"]}".formatted(key);
    assertThat(ask("/cache/delete", keys).status()).isEqualTo(403);
    assertThat(use(ask(Chat.PATH, body))).isEqualTo("hit");
    assertThat(ask("/cache/delete", keys, "Bearer ko", "").body())
        .contains("\"status\":\"success\",\"deleted\":1");
    assertThat(use(ask(Chat.PATH, other))).isEqualTo("hit");
    assertThat(use(ask(Chat.PATH, body))).isEqualTo("miss");
    assertThat(ask("/cache/flushall", "", "Bearer ka", "").status()).isEqualTo(403);
    assertThat(ask("/cache/flushall", "", "Bearer ko", "").body()).contains("\"deleted\":2");
    assertThat(use(ask(Chat.PATH, other))).isEqualTo("miss");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"{}", "[]", "x", "{\"keys\":\"all\"}", "{\"keys\":[]}", "{\"keys\":[1]}"})
  void deletesNothingWhereItDoesNotUnderstandWhat(String keys) throws IOException {
    ask(Chat.PATH, body(Chat.PATH, false, ""));
    RawClient.Reply reply = ask("/cache/delete", keys, "Bearer ko", "");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.body()).contains("x-litellm-cache-key");
    assertThat(use(ask(Chat.PATH, body(Chat.PATH, false, "")))).isEqualTo("hit");
  }

  @Test
  void saysAtLiteLlmsPathHowItDoes() throws IOException {
    try (RawClient client = stack.client()) {
      String head = "GET /cache/ping HTTP/1.1\r\nHost: localhost\r\nx-api-key: ka\r\n\r\n";
      client.send(head.getBytes(StandardCharsets.US_ASCII));
      assertThat(client.reply().body())
          .contains("\"status\":\"healthy\",\"cache_type\":\"local\",\"ping_response\":true");
    }
  }

  private RawClient.Reply delete(String key) throws IOException {
    String head =
        "DELETE /ccproxy/cache?model=m HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + key
            + "\r\n\r\n";
    try (RawClient client = stack.client()) {
      client.send(head.getBytes(StandardCharsets.US_ASCII));
      return client.reply();
    }
  }
}
