package com.visiquate.ccproxy.load.swarm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a gateway's replay says would have become of what it has just done; seconds of the swarm.
 *
 * @param requests replayed
 * @param took milliseconds of this machine
 */
record Prediction(Policy policy, long requests, long took, Outcome outcome) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Milliseconds of this machine until the gateway has the question: the first requests count. */
  private static final int WAY = 20;

  /** To the end of the last answer, and to the first token of one. */
  record Outcome(double makespan, double p50, double p95) {}

  /**
   * Asks for each of these policies.
   *
   * @param clock of the swarm: all that came since it began is replayed, and nothing else
   */
  static List<Prediction> of(URI gateway, Site site, List<Policy> policies, VirtualClock clock)
      throws IOException, InterruptedException {
    List<Prediction> found = new ArrayList<>();
    for (Policy policy : policies) {
      found.add(of(gateway, site, policy, clock));
    }
    return found;
  }

  private static Prediction of(URI gateway, Site site, Policy policy, VirtualClock clock)
      throws IOException, InterruptedException {
    long millis = site.millis(clock.now()) + WAY;
    String body =
        JSON.writeValueAsString(Map.of("since", millis + "ms", "with", policy.with(site)));
    HttpRequest request =
        HttpRequest.newBuilder(gateway.resolve("/ccproxy/replay"))
            .header("content-type", "application/json")
            .header("x-ccproxy-console", "1")
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("no replay: " + response.body());
      }
      return of(policy, JSON.readTree(response.body()), site.scale());
    }
  }

  private static Prediction of(Policy policy, JsonNode answer, double scale) {
    JsonNode last = answer.path("replayed").path(answer.path("replayed").size() - 1);
    return new Prediction(
        policy,
        answer.path("requests").asLong(),
        answer.path("took_ms").asLong(),
        new Outcome(
            last.path("makespan_s").asDouble() * scale,
            last.path("first_token_p50_s").asDouble() * scale,
            last.path("first_token_p95_s").asDouble() * scale));
  }
}
