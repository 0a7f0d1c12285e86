package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** One agent at work: it asks, uses its tool, asks again, and is done after its last turn. */
final class Agent implements Runnable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ATTEMPTS = 5;
  private static final int REFUSED = 503;

  private final Assignment assignment;
  private final Front front;
  private final HttpClient http;
  private final VirtualClock clock;
  private final Progress progress;

  Agent(
      Assignment assignment, Front front, HttpClient http, VirtualClock clock, Progress progress) {
    this.assignment = assignment;
    this.front = front;
    this.http = http;
    this.clock = clock;
    this.progress = progress;
  }

  @Override
  public void run() {
    try {
      clock.sleepUntil(assignment.start());
      work();
    } catch (IOException given) {
      progress.failed(assignment.agent() + " gives up: " + given.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    progress.finished();
  }

  private void work() throws IOException, InterruptedException {
    ObjectNode body = front.dialect().opening(assignment);
    ArrayNode messages = (ArrayNode) body.get("messages");
    messages.addObject().put("role", "user").put("content", assignment.turns().getFirst().text());
    for (int i = 0; i < assignment.turns().size(); i++) {
      Turn turn = assignment.turns().get(i);
      Reply reply = insist(body, turn, i);
      if (!turn.last()) {
        messages.add(front.dialect().answer(reply));
        messages.add(front.dialect().result(reply, assignment.turns().get(i + 1)));
        clock.sleepUntil(clock.now() + Assignment.TOOL_SECONDS);
      }
    }
  }

  /** Asks until it is answered, a few times. */
  private Reply insist(ObjectNode body, Turn turn, int number)
      throws IOException, InterruptedException {
    for (int attempt = 1; attempt < ATTEMPTS; attempt++) {
      double asked = clock.now();
      Reply reply = ask(JSON.writeValueAsBytes(body));
      String trouble = reply.trouble(turn);
      if (trouble.isEmpty()) {
        progress.answered(
            new Answered(assignment.agent(), number, asked, reply.firstToken(), clock.now()));
        return reply;
      }
      progress.failed(assignment.agent() + ": " + trouble);
      clock.sleepUntil(clock.now() + Assignment.TOOL_SECONDS);
    }
    throw new IOException("no answer after " + ATTEMPTS + " attempts");
  }

  private Reply ask(byte[] body) throws InterruptedException {
    Reply reply = new Reply(clock);
    progress.asks();
    URI uri = front.uri(assignment.kind().model()).resolve(front.dialect().path());
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
      read(response, reply);
    } catch (IOException broken) {
      reply.fail(broken.toString());
    }
    progress.heard();
    return reply;
  }

  private void read(HttpResponse<InputStream> response, Reply reply) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      if (response.statusCode() != 200) {
        progress.refused(response.statusCode() == REFUSED);
        reply.fail("HTTP " + response.statusCode() + " " + lines.readLine());
        return;
      }
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        front.dialect().read(line, reply);
      }
    }
  }
}
