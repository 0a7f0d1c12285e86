package com.visiquate.ccproxy.records;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Requests at a fixed rate, whatever becomes of them; every second one is a stream. */
final class Crowd {
  private static final String BODY =
      "{\"model\":\"coder\",\"stream\":%s,\"messages\":[{\"role\":\"user\",\"content\":\"Say it"
          + " again, number %d. [simulate: 8 tokens]\"}]}";

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI uri;
  private final long gap;
  private final Queue<String> ids = new ConcurrentLinkedQueue<>();
  private final AtomicInteger open = new AtomicInteger();
  private Phase phase = new Phase("");
  private long due = System.nanoTime();
  private int sent;

  Crowd(URI gateway, int rate) {
    this.uri = gateway.resolve("/v1/chat/completions");
    this.gap = 1_000_000_000L / rate;
  }

  /** What became of the requests that were due in it. */
  static final class Phase {
    private final String name;
    private final Queue<Double> times = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failed = new AtomicInteger();

    private Phase(String name) {
      this.name = name;
    }

    String row() {
      double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return String.format(
          Locale.ROOT,
          "| %s | %,d | %d | %.1f | %.1f | %.0f |",
          name,
          sorted.length,
          failed.get(),
          at(sorted, 0.5),
          at(sorted, 0.99),
          at(sorted, 1));
    }

    private static double at(double[] sorted, double share) {
      return sorted.length == 0
          ? Double.NaN
          : sorted[Math.min(sorted.length - 1, (int) (sorted.length * share))];
    }
  }

  /** A new phase; whoever is due while this is called comes at once afterwards. */
  Phase begin(String name) {
    phase = new Phase(name);
    return phase;
  }

  /** Sends for so long, and waits for what was sent. */
  void run(int seconds) {
    due = Math.max(due, System.nanoTime() - 1_000_000_000L);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    while (due < end) {
      long wait = due - System.nanoTime();
      if (wait > 0) {
        LockSupport.parkNanos(wait);
        continue;
      }
      send(phase, due, sent++);
      due += gap;
    }
    while (open.get() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private void send(Phase to, long from, int number) {
    open.incrementAndGet();
    Thread.startVirtualThread(
        () -> {
          try {
            ask(to, number);
          } finally {
            to.times.add((System.nanoTime() - from) / 1e6);
            open.decrementAndGet();
          }
        });
  }

  private void ask(Phase to, int number) {
    boolean streamed = number % 2 == 0;
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .timeout(Duration.ofSeconds(60))
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(BODY.formatted(streamed, number)))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      String end = streamed ? "data: [DONE]" : "\"finish_reason\":\"stop\"";
      if (answer.statusCode() != 200 || !answer.body().contains(end)) {
        to.failed.incrementAndGet();
      }
      answer.headers().firstValue("x-request-id").ifPresent(ids::add);
    } catch (IOException | InterruptedException failed) {
      to.failed.incrementAndGet();
    }
  }

  /** The ids of all that were answered. */
  List<String> finish() {
    return new ArrayList<>(Arrays.asList(ids.toArray(String[]::new)));
  }
}
