package com.visiquate.ccproxy.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks an Ollama which models it has, for a configuration that means all of them. Blocks, as
 * reading a file does, for a few seconds at most; owns what each has said.
 */
final class InstalledModels {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private final Map<String, List<String>> known = new HashMap<>();

  /** None when nobody answers, or not as an Ollama does. */
  List<String> at(String url) {
    return known.computeIfAbsent(url, InstalledModels::ask);
  }

  private static List<String> ask(String url) {
    try (HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/api/tags")).timeout(PATIENCE).build();
      return names(client.send(request, BodyHandlers.ofString()).body());
    } catch (IOException nobody) {
      return List.of();
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  private static List<String> names(String body) throws IOException {
    List<String> names = new ArrayList<>();
    for (JsonNode model : JsonMapper.builder().build().readTree(body).path("models")) {
      String name = model.path("name").asText("");
      if (!name.isBlank()) {
        names.add(name);
      }
    }
    return names;
  }
}
