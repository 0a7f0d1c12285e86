package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.cache.store.RealRedis;
import com.visiquate.ccproxy.config.CacheSettings;
import com.visiquate.ccproxy.simulator.speech.Script;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.embedded.RedisServer;

/** Two gateways with one Redis, which then is killed. */
@Tag("endtoend")
@Timeout(60)
final class SharedCacheTest {
  private static final String BODY = Chat.body("x", ",\"temperature\":0");

  private static Stack stack(int redis) {
    return stack(new CacheSettings.Redis("redis://127.0.0.1:" + redis, "", ""));
  }

  private static Stack stack(CacheSettings.Redis redis) {
    String cache = "cache: {ttl: 5m, redis: '%s', redis-ca: '%s'}";
    return Stack.start(
            Recipe.of(1, Recipe.instant()).with(cache.formatted(redis.url(), redis.ca())))
        .answer("x", Script.text("y"));
  }

  @Test
  void whatOneHasAnsweredTheOtherKnowsAndNobodyMissesARedisThatIsKilled() throws IOException {
    int port = RealRedis.freePort();
    RedisServer redis = new RedisServer(port);
    redis.start();
    try (Stack one = stack(port);
        Stack other = stack(port)) {
      RawClient.Reply first = one.ask(BODY);
      other.until(() -> hits(other));
      assertThat(SharedRunTest.timeless(other.ask(BODY)))
          .contains("\"content\":\"y\"")
          .isEqualTo(SharedRunTest.timeless(one.ask(BODY)));
      assertThat(first.status()).isEqualTo(200);
      redis.stop();
      for (int i = 0; i < 20; i++) {
        String fresh = Chat.body("x", ",\"temperature\":0,\"seed\":" + i);
        assertThat(one.ask(fresh).status()).isEqualTo(200);
      }
      assertThat(one.read("/health").body())
          .contains("\"status\":\"degraded\"", "the Redis of the cache does not answer since");
      assertThat(one.ask(BODY).header("x-ccproxy-cache")).isEqualTo("hit");
    } finally {
      redis.stop();
    }
  }

  @Test
  void whatOneHasAnsweredTheOtherKnowsByWhateverWayItIsEntered() throws IOException {
    try (RealRedis redis = RealRedis.start();
        Stack one = stack(redis.settings());
        Stack other = stack(redis.settings())) {
      String key = one.ask(BODY).header("x-litellm-cache-key");
      other.until(() -> hits(other));
      String keys = "{\"keys\":[\"%s\"]}".formatted(key);
      try (RawClient client = other.client().post("/cache/delete", keys, Map.of("x", "y"))) {
        assertThat(client.reply().body()).contains("\"deleted\":1");
      }
      assertThat(other.ask(BODY).header("x-ccproxy-cache")).isEqualTo("miss");
      assertThat(other.read("/cache/ping").body()).contains("\"status\":\"healthy\"");
    }
  }

  @Test
  void anOperatorHearsThatItIsAwayAndThatItIsBackAlsoWhenNobodyAsks() throws IOException {
    int port = RealRedis.freePort();
    String alerts =
        "alerts: {on: true, every: 20ms, calm: 20ms, rules: {cache-away: {for: 20ms}}}\n";
    try (Stack stack =
        Stack.start(
            Recipe.of(1, Recipe.instant())
                .with(
                    alerts + "cache: {ttl: 5m, redis: 'redis://127.0.0.1:%d'}".formatted(port)))) {
      stack.until(() -> alerts(stack, "firing").contains("cache-away"));
      RedisServer redis = new RedisServer(port);
      redis.start();
      try {
        stack.until(() -> alerts(stack, "resolved").contains("cache-away"));
        assertThat(alerts(stack, "firing")).doesNotContain("cache-away");
        assertThat(stack.read("/metrics").body())
            .contains("ccproxy_cache_redis_away_seconds 0.0", "reply=\"failed\"");
      } finally {
        redis.stop();
      }
    }
  }

  private static String alerts(Stack stack, String which) {
    try {
      String body = stack.read("/ccproxy/alerts").body();
      return new JsonObject(body).getJsonArray(which).encode();
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** What is put there is there a moment later. */
  private static boolean hits(Stack stack) {
    try {
      return stack.ask(BODY).header("x-ccproxy-cache").equals("hit");
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
