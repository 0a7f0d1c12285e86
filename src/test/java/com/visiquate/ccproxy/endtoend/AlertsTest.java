package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An operator hears of an Ollama that dies. */
@Tag("endtoend")
final class AlertsTest {
  private static final String QUICK =
      "alerts: {on: true, every: 20ms, calm: 20ms, webhook: {url: \"%s\"},"
          + " rules: {backend-down: {for: 40ms}}}";
  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<JsonObject> posts = new LinkedBlockingQueue<>();

  @AfterEach
  void close() {
    Waits.done(vertx.close());
  }

  @Test
  void tellsOnceThatABackendDiedAndOnceThatItIsBack() throws IOException {
    HttpServer hook =
        Waits.done(
            vertx
                .createHttpServer()
                .requestHandler(
                    request ->
                        request
                            .body()
                            .onSuccess(
                                body -> {
                                  posts.add(body.toJsonObject());
                                  request.response().end();
                                }))
                .listen(0, "127.0.0.1"));
    String url = "http://127.0.0.1:" + hook.actualPort() + "/";
    try (Stack stack = Stack.start(Recipe.of(2, Recipe.instant()).with(QUICK.formatted(url)))) {
      Waits.done(stack.ollama(0).kill());

      JsonObject fired = Waits.next(posts, post -> isAboutBackend(post));
      assertThat(fired.getString("state")).isEqualTo("firing");
      assertThat(fired.getString("subject")).isEqualTo("b0");
      assertThat(fired.getString("severity")).isEqualTo("critical");
      JsonArray firing = alerts(stack).getJsonArray("firing");
      assertThat(firing.encode()).contains(fired.getString("id"));

      Waits.done(stack.ollama(0).restart());
      JsonObject over = Waits.next(posts, post -> isAboutBackend(post));
      assertThat(over.getString("id")).isEqualTo(fired.getString("id"));
      assertThat(over.getString("state")).isEqualTo("resolved");
      assertThat(alerts(stack).getJsonArray("resolved").encode()).contains(over.getString("id"));
    }
  }

  @Test
  void watchesNothingUnlessSomebodyWantsToBeTold() throws IOException {
    try (Stack stack = Stack.start(Recipe.of(Recipe.instant()))) {
      assertThat(alerts(stack).getBoolean("watching")).isFalse();
      assertThat(alerts(stack).getJsonArray("firing")).isEmpty();
    }
  }

  @Test
  void isForOperatorsOnlyWhenThereAreKeys() throws IOException {
    String keys =
        "keys:\n  - {name: a, key: \"sha256:%s\"}\n  - {name: o, key: \"sha256:%s\", operator: true}\n"
            .formatted(KeysTest.digest("a"), KeysTest.digest("o"));
    try (Stack stack =
        Stack.start(Recipe.of(Recipe.instant()).with(keys + "alerts: {on: true}\n"))) {
      assertThat(status(stack, "a")).isEqualTo(403);
      assertThat(status(stack, "o")).isEqualTo(200);
    }
  }

  private static boolean isAboutBackend(JsonObject post) {
    return post.getString("rule").equals("backend-down");
  }

  private static JsonObject alerts(Stack stack) throws IOException {
    return new JsonObject(stack.read("/ccproxy/alerts").body());
  }

  private static int status(Stack stack, String key) throws IOException {
    String head =
        "GET /ccproxy/alerts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s's\r\n\r\n"
            .formatted(key);
    try (RawClient client = stack.client()) {
      client.send(head.getBytes(StandardCharsets.US_ASCII));
      return client.reply().status();
    }
  }
}
