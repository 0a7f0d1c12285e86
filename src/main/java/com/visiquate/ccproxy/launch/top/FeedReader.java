package com.visiquate.ccproxy.launch.top;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the feed of a gateway beside the thread that draws; a stream that breaks is begun anew
 * where it broke. Owns the connection.
 */
public final class FeedReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long PAUSE = 1_000;

  private final Function<String, HttpRequest> requests;
  private final String address;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final EventStream stream = new EventStream();
  private boolean reading;
  private long triedAt;
  private String note = "asking for what happens …";

  /**
   * One that has not asked yet.
   *
   * @param requests what asks for the feed from a version on; from its beginning with an empty one
   * @param address as people are told
   */
  public FeedReader(Function<String, HttpRequest> requests, String address) {
    this.requests = requests;
    this.address = address;
  }

  /** Asks, or asks again when that has broken, at most once a second. */
  public synchronized void keepReading(long now) {
    if (reading || now - triedAt < PAUSE) {
      return;
    }
    reading = true;
    triedAt = now;
    client
        .sendAsync(requests.apply(stream.id()), BodyHandlers.ofLines())
        .thenAccept(this::read)
        .whenComplete((done, cause) -> ended(cause));
  }

  /** What is to be shown. */
  public synchronized List<String> lines(int columns, int rows, long now) {
    return stream.document() == null
        ? List.of("ccproxy " + address, note, "", "q quits")
        : new Screen(stream.document(), columns, now).lines(rows, note);
  }

  private void read(HttpResponse<Stream<String>> response) {
    try (Stream<String> lines = response.body()) {
      if (response.statusCode() == 200) {
        lines.forEach(this::heard);
      } else {
        noted(
            "%s answers %d; an operator's key may help".formatted(address, response.statusCode()));
      }
    }
  }

  private synchronized void heard(String line) {
    stream.read(line);
    note = "";
  }

  private synchronized void noted(String words) {
    note = words;
  }

  private synchronized void ended(@Nullable Throwable cause) {
    reading = false;
    if (cause != null || note.isEmpty()) {
      note = "no gateway answers at %s; trying again".formatted(address);
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
