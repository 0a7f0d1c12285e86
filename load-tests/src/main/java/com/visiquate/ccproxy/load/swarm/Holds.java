package com.visiquate.ccproxy.load.swarm;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/**
 * Slots that were kept for a conversation, as ccproxy's metrics tell it.
 *
 * @param kept how often
 * @param returned how often it came back in time
 * @param seconds of the swarm, in all
 */
record Holds(long kept, long returned, double seconds) {
  static final Holds NONE = new Holds(0, 0, 0);

  private static final String COUNT = "ccproxy_slots_held_seconds_count";
  private static final String SUM = "ccproxy_slots_held_seconds_sum";

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  static Holds of(URI gateway, double scale) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(gateway.resolve("/metrics")).build();
    String text = HTTP.send(request, BodyHandlers.ofString()).body();
    double returned = sum(text, COUNT, "returned=\"true\"");
    return new Holds((long) sum(text, COUNT, ""), (long) returned, sum(text, SUM, "") * scale);
  }

  private static double sum(String text, String name, String tag) {
    Stream<String> lines = text.lines().filter(line -> line.startsWith(name) && line.contains(tag));
    return lines
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
