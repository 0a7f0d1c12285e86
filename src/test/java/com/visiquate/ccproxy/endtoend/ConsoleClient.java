package com.visiquate.ccproxy.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Somebody at the console of a gateway, with the headers that a browser would send, or others. */
final class ConsoleClient {
  private final Stack stack;
  private final Map<String, String> headers;

  private ConsoleClient(Stack stack, Map<String, String> headers) {
    this.stack = stack;
    this.headers = headers;
  }

  /** A page of the console itself. */
  static ConsoleClient of(Stack stack) {
    return bare(stack).with("x-ccproxy-console", "1").with("Origin", "http://localhost");
  }

  /** One who sends nothing but the host that he calls. */
  static ConsoleClient bare(Stack stack) {
    return new ConsoleClient(stack, Map.of("Host", "localhost"));
  }

  /** The same with one more header, or with another value for one. */
  ConsoleClient with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new ConsoleClient(stack, more);
  }

  ConsoleClient without(String name) {
    Map<String, String> fewer = new LinkedHashMap<>(headers);
    fewer.remove(name);
    return new ConsoleClient(stack, fewer);
  }

  RawClient.Reply get(String path) throws IOException {
    return send("GET", path, "");
  }

  RawClient.Reply post(String path) throws IOException {
    return send("POST", path, "{}");
  }

  RawClient.Reply post(String path, JsonObject body) throws IOException {
    return send("POST", path, body.encode());
  }

  RawClient.Reply delete(String path) throws IOException {
    return send("DELETE", path, "");
  }

  private RawClient.Reply send(String method, String path, String body) throws IOException {
    try (RawClient client = stack.client()) {
      client.send(request(method, path, body).getBytes(UTF_8));
      return client.reply();
    }
  }

  /** One that is read as it comes. */
  RawClient open(String path) throws IOException {
    RawClient client = stack.client();
    client.send(request("GET", path, "").getBytes(UTF_8));
    return client;
  }

  private String request(String method, String path, String body) {
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    if (!body.isEmpty()) {
      if (!headers.containsKey("Content-Type")) {
        head.append("Content-Type: application/json\r\n");
      }
      head.append("Content-Length: ").append(body.getBytes(UTF_8).length).append("\r\n");
    }
    return head.append("\r\n").append(body).toString();
  }

  /** A line of the configuration: a key that is its name with an apostrophe and an s. */
  static String key(String name, String more) {
    String separator = more.isEmpty() ? "" : ", ";
    return "  - {name: %s, key: \"sha256:%s\"%s%s}\n"
        .formatted(name, KeysTest.digest(name), separator, more);
  }
}
