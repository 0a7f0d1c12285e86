package com.visiquate.ccproxy.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * In front of a gateway: the same pages, and a feed of a deployment that no test machine could
 * simulate.
 */
final class Synthetic implements AutoCloseable {
  static final int WAITING = 500;
  static final int BACKENDS = 20;
  static final int SLOTS = 10;
  private static final int AGENTS = 119;
  static final int GAP = 500;
  private final Random random = new Random(1);
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String gateway;
  private long next;

  Synthetic(String gateway) throws IOException {
    this.gateway = gateway;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", this::pass);
    server.createContext("/ccproxy/events", this::feed);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(gateway + exchange.getRequestURI())).build();
      HttpResponse<byte[]> answer = client.send(request, BodyHandlers.ofByteArray());
      for (String name :
          new String[] {"content-type", "content-security-policy", "cache-control"}) {
        answer
            .headers()
            .firstValue(name)
            .ifPresent(value -> exchange.getResponseHeaders().add(name, value));
      }
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** A snapshot, and twice a second what 200 slots and 500 waiting requests change. */
  private void feed(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("content-type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    try (exchange;
        OutputStream out = exchange.getResponseBody()) {
      send(out, "snapshot", whole());
      while (true) {
        TimeUnit.MILLISECONDS.sleep(GAP);
        send(out, "change", change());
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private static void send(OutputStream out, String event, ObjectNode data) throws IOException {
    out.write(
        "event: %s\nid: 1\ndata: %s\n\n".formatted(event, data).getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private synchronized ObjectNode whole() {
    long now = System.currentTimeMillis();
    ObjectNode all =
        Gateway.JSON
            .createObjectNode()
            .put("at", now)
            .put("started", now)
            .put("node", "crowd")
            .put("limit", "200 of 200 slots compute; 500 requests wait.");
    ObjectNode backends = all.putObject("backends");
    for (int backend = 0; backend < BACKENDS; backend++) {
      ObjectNode one =
          backends
              .putObject("fast-" + backend)
              .put("host", "host-" + backend % 5)
              .put("state", "up");
      one.putObject("models_loaded").putObject("qwen-fast").put("size", 4_700_000_000L);
      ObjectNode slots = one.putObject("slots");
      for (int slot = 0; slot < SLOTS; slot++) {
        taken(slots.putObject(String.valueOf(slot)), now);
      }
    }
    all.putObject("models").putObject("qwen-fast").putObject("waiting").put("normal", WAITING);
    ObjectNode waiting = all.putObject("waiting");
    next = 0;
    for (int i = 0; i < WAITING; i++) {
      arrives(waiting, now);
    }
    return all;
  }

  private void taken(ObjectNode slot, long now) {
    String[] phases = {"prompt", "output", "output", "loading", "ghost", "held"};
    slot.put("phase", phases[random.nextInt(phases.length)])
        .put("exchange", "r" + random.nextInt(1 << 30))
        .put("model", "qwen-fast");
    slot.put("client", "agent-" + random.nextInt(AGENTS))
        .put("class", "normal")
        .put("since", now)
        .put("expected_end", now + 3_000 + random.nextInt(20_000));
    slot.put("prompt_tokens", 9_000)
        .put("cached_tokens", 5_000)
        .put("progress", 0.55)
        .put("output_tokens", 0)
        .put("rate", 48)
        .put("until", now + 9_000);
  }

  private void arrives(ObjectNode waiting, long now) {
    ObjectNode one =
        waiting
            .putObject("x" + next)
            .put("rank", next)
            .put("model", "qwen-fast")
            .put("client", "agent-" + next % AGENTS);
    one.put("class", "normal").put("arrived", now).put("expected_start", now + 60_000);
    next++;
  }

  /**
   * All answers have grown, every tenth slot has another request, ten have left the room and ten
   * have come.
   */
  private synchronized ObjectNode change() {
    long now = System.currentTimeMillis();
    ObjectNode all = Gateway.JSON.createObjectNode().put("at", now);
    ObjectNode backends = all.putObject("backends");
    for (int backend = 0; backend < BACKENDS; backend++) {
      ObjectNode slots = backends.putObject("fast-" + backend).putObject("slots");
      for (int slot = 0; slot < SLOTS; slot++) {
        ObjectNode one = slots.putObject(String.valueOf(slot));
        if (random.nextInt(10) == 0) {
          taken(one, now);
        } else {
          one.put("output_tokens", (now / 20) % 1000);
        }
      }
    }
    ObjectNode waiting = all.putObject("waiting");
    for (int i = 0; i < 10; i++) {
      waiting.putNull("x" + (next - WAITING));
      arrives(waiting, now);
    }
    return all;
  }

  @Override
  public void close() {
    server.stop(0);
    client.shutdownNow();
  }
}
