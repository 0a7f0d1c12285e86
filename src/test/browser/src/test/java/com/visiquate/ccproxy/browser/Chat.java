package com.visiquate.ccproxy.browser;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;

/** Requests beside those of the browser. */
final class Chat {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Chat() {}

  /** Streams for minutes, unless somebody ends it. */
  static CompletableFuture<HttpResponse<String>> lasting(String url, String client, String model) {
    return CLIENT.sendAsync(request(url, client, model, 5_000), BodyHandlers.ofString());
  }

  static HttpResponse<String> brief(String url, String client, String model)
      throws IOException, InterruptedException {
    return CLIENT.send(request(url, client, model, 3), BodyHandlers.ofString());
  }

  private static HttpRequest request(String url, String client, String model, int tokens) {
    ObjectNode body = Gateway.JSON.createObjectNode().put("model", model).put("stream", true);
    body.putArray("messages")
        .addObject()
        .put("role", "user")
        .put("content", "Write. [simulate: %d tokens]".formatted(tokens));
    return HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
        .header("content-type", "application/json")
        .header("x-ccproxy-client", client)
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }
}
