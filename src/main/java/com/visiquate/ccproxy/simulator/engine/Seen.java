package com.visiquate.ccproxy.simulator.engine;

import java.util.List;
import java.util.Map;

/** What a simulated server has seen so far. */
public record Seen(
    Map<String, Long> requests,
    Aborts aborts,
    PromptTokens promptTokens,
    Models models,
    Map<String, Integer> running,
    Map<String, Integer> peaks,
    List<Received> last) {

  /** Clients that left, by what the server was doing for them. */
  public record Aborts(long loading, long waiting, long prompt, long streaming) {
    public long all() {
      return loading + waiting + prompt + streaming;
    }
  }

  /** Prompt tokens found in a cache, and computed. */
  public record PromptTokens(long cached, long computed) {}

  /** Loads (reloads and aborted ones included), and requests that had to wait without a sign. */
  public record Models(
      long loads, long loadsAborted, long reloads, long evictions, long silentWaits) {}

  /** One request as it came; header names in lower case. */
  public record Received(String method, String path, Map<String, String> headers, String body) {}

  public Seen {
    requests = Map.copyOf(requests);
    running = Map.copyOf(running);
    peaks = Map.copyOf(peaks);
    last = List.copyOf(last);
  }

  /** Requests of one endpoint, such as {@code /api/chat}. */
  public long requests(String path) {
    return requests.getOrDefault(path, 0L);
  }

  public long silentWaits() {
    return models.silentWaits;
  }

  /** Requests in the hands of any model now. */
  public int runningNow() {
    return running.values().stream().mapToInt(Integer::intValue).sum();
  }
}
