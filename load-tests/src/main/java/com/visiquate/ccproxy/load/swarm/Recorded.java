package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/**
 * What the gateway's records say of a backend, beside what its simulator saw; warm-ups included.
 *
 * @param requests recorded
 * @param machine seconds of this machine for which records say that its slot was held
 * @param busy seconds of this machine for which it was
 */
record Recorded(String backend, long requests, double machine, double busy, Tokens tokens) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final int TRIES = 50;

  /** Of prompts and answers: in the records, and as simulated. */
  record Tokens(long prompt, long cached, long output, long prompts, long hits, long outputs) {}

  /** Returns when all that ended is recorded, or says what is missing. */
  static List<Recorded> of(URI gateway, List<List<Held>> servers, double scale)
      throws IOException, InterruptedException {
    long all = servers.stream().mapToLong(List::size).sum();
    List<Recorded> found = List.of();
    for (int i = 0; i < TRIES; i++) {
      found = read(gateway, servers, scale);
      if (found.stream().mapToLong(Recorded::requests).sum() >= all) {
        return found;
      }
      Thread.sleep(100);
    }
    System.out.println("not all of " + all + " requests are recorded");
    return found;
  }

  private static List<Recorded> read(URI gateway, List<List<Held>> servers, double scale)
      throws IOException, InterruptedException {
    URI question = gateway.resolve("/ccproxy/usage?by=backend&from=1d");
    HttpRequest request = HttpRequest.newBuilder(question).build();
    JsonNode rows = JSON.readTree(HTTP.send(request, BodyHandlers.ofString()).body()).path("rows");
    List<Recorded> found = new ArrayList<>();
    for (JsonNode row : rows) {
      int server = Ccproxy.BACKENDS.indexOf(row.path("backend").asText());
      if (server >= 0) {
        found.add(of(row, servers.get(server), scale));
      }
    }
    return found;
  }

  private static Recorded of(JsonNode row, List<Held> held, double scale) {
    double busy = held.stream().mapToDouble(one -> one.span().ended() - one.span().seated()).sum();
    return new Recorded(
        row.path("backend").asText(),
        row.path("requests").asLong(),
        row.path("machine_seconds").asDouble(),
        busy / scale,
        new Tokens(
            row.path("prompt_tokens").asLong(),
            row.path("cached_tokens").asLong(),
            row.path("output_tokens").asLong(),
            held.stream().mapToLong(Held::promptTokens).sum(),
            held.stream().mapToLong(Held::cachedTokens).sum(),
            held.stream().mapToLong(Held::answerTokens).sum()));
  }

  double excess() {
    return machine / busy - 1;
  }
}
