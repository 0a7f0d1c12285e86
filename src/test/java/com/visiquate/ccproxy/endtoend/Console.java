package com.visiquate.ccproxy.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Predicate;

/** An operator who looks at the console of a stack and steers it. */
final class Console {
  private final Stack stack;
  private final ConsoleClient page;

  Console(Stack stack) {
    this(stack, ConsoleClient.of(stack));
  }

  Console(Stack stack, ConsoleClient page) {
    this.stack = stack;
    this.page = page;
  }

  /** What it shows now. */
  JsonObject now() {
    try {
      RawClient.Reply reply = page.get("/ccproxy/now");
      assertThat(reply.status()).as(reply.body()).isEqualTo(200);
      return new JsonObject(reply.body());
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  void until(Predicate<JsonObject> holds) {
    stack.until(() -> holds.test(now()));
  }

  JsonObject backend(String id) {
    return now().getJsonObject("backends").getJsonObject(id);
  }

  /** The one that waits, or the one of this client. */
  String waiting(String client) {
    until(seen -> find(seen, client).isPresent());
    return find(now(), client).orElseThrow();
  }

  private static Optional<String> find(JsonObject seen, String client) {
    return seen.getJsonObject("waiting").stream()
        .filter(one -> ((JsonObject) one.getValue()).getString("client").equals(client))
        .map(one -> one.getKey())
        .findFirst();
  }

  /** The one that runs in the first slot of a backend. */
  String running(String backend) {
    until(seen -> slot(seen, backend).containsKey("exchange"));
    return slot(now(), backend).getString("exchange");
  }

  private static JsonObject slot(JsonObject seen, String backend) {
    return seen.getJsonObject("backends")
        .getJsonObject(backend)
        .getJsonObject("slots")
        .getJsonObject("0");
  }

  /** Does it; says the sentence. */
  String does(String path, JsonObject body) throws IOException {
    RawClient.Reply reply = page.post("/ccproxy" + path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    return new JsonObject(reply.body()).getString("done");
  }

  String does(String path) throws IOException {
    return does(path, new JsonObject());
  }

  /** Cannot do it; says why. */
  String cannot(int status, String path, JsonObject body) throws IOException {
    RawClient.Reply reply = page.post("/ccproxy" + path, body);
    assertThat(reply.status()).as(reply.body()).isEqualTo(status);
    return new JsonObject(reply.body()).getJsonObject("error").getString("message");
  }
}
