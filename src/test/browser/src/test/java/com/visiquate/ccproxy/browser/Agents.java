package com.visiquate.ccproxy.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A swarm of agents, each with its conversations and tools, for as long as it is open. */
final class Agents implements AutoCloseable {
  private static final List<String> ROLES =
      List.of("planner", "coder", "reviewer", "tester", "writer");
  private static final String RULES =
      "Read what is there before you change it, and say what you did. ".repeat(90);
  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final List<Thread> threads = new ArrayList<>();

  private Agents(String url) {
    this.url = url;
  }

  static Agents start(String url, int number) {
    Agents agents = new Agents(url);
    for (int i = 0; i < number; i++) {
      int agent = i;
      agents.threads.add(Thread.ofVirtual().start(() -> agents.work(agent)));
    }
    return agents;
  }

  private void work(int number) {
    Random random = new Random(number);
    String role = ROLES.get(number % ROLES.size());
    try {
      while (!Thread.currentThread().isInterrupted()) {
        converse(role, "%s-%d".formatted(role, number), random);
      }
    } catch (IOException away) {
      // The gateway is being stopped, or its operator has cancelled this very request.
      if (!Thread.currentThread().isInterrupted()) {
        work(number);
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  private void converse(String role, String name, Random random)
      throws IOException, InterruptedException {
    ArrayNode messages = Gateway.JSON.createArrayNode();
    messages
        .addObject()
        .put("role", "system")
        .put("content", "You are a %s. %s".formatted(role, RULES));
    int turns = 3 + random.nextInt(4);
    for (int turn = 0; turn < turns; turn++) {
      if (name.endsWith("7")) {
        // Some agents hold a clock in their system text, and lose their caches by it.
        ((ObjectNode) messages.get(0))
            .put("content", "It is turn %d. You are a %s. %s".formatted(turn, role, RULES));
      }
      int tokens = 40 + random.nextInt(120);
      messages
          .addObject()
          .put("role", "user")
          .put("content", "Go on. [simulate: %d tokens, then read_file]".formatted(tokens));
      if (!ask(name, random.nextInt(9) == 0 ? "architecture" : "coding", messages)) {
        return;
      }
    }
  }

  /** Whether the conversation can go on. */
  private boolean ask(String name, String model, ArrayNode messages)
      throws IOException, InterruptedException {
    ObjectNode body = Gateway.JSON.createObjectNode().put("model", model);
    body.set("messages", messages);
    body.putArray("tools")
        .addObject()
        .put("type", "function")
        .putObject("function")
        .put("name", "read_file")
        .putObject("parameters")
        .put("type", "object")
        .putObject("properties");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
            .header("content-type", "application/json")
            .header("x-ccproxy-client", name)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      return false;
    }
    JsonNode message = Gateway.JSON.readTree(answer.body()).at("/choices/0/message");
    messages.add(message);
    for (JsonNode call : message.path("tool_calls")) {
      messages
          .addObject()
          .put("role", "tool")
          .put("tool_call_id", call.path("id").asText())
          .put("content", "a file of no interest");
    }
    return true;
  }

  @Override
  public void close() throws InterruptedException {
    threads.forEach(Thread::interrupt);
    for (Thread thread : threads) {
      thread.join();
    }
    client.shutdownNow();
  }
}
