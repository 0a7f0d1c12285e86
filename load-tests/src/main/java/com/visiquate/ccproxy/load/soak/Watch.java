package com.visiquate.ccproxy.load.soak;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks at the gateway once a second: who waits how long, and what it holds. */
final class Watch {
  private static final long FLOOR_MILLIS = 10_000;

  private final Gateway gateway;
  private final Ollamas ollamas;
  private final Troubles troubles;
  private final List<Double> memory = new ArrayList<>();
  private final List<Double> sockets = new ArrayList<>();
  private final Set<String> known = new HashSet<>();
  private final Set<String> faults = new HashSet<>();
  private long oldest;
  private long expected = FLOOR_MILLIS;
  private long silent;
  private long unexplained;
  private int unseen;

  Watch(Gateway gateway, Ollamas ollamas, Troubles troubles) {
    this.gateway = gateway;
    this.ollamas = ollamas;
    this.troubles = troubles;
  }

  synchronized void look() throws InterruptedException {
    try {
      ages(gateway.queue().path("models"));
      silence(ollamas.silentWaits());
      memory.add(gateway.residentMegabytes());
      sockets.add((double) gateway.sockets());
    } catch (IOException unanswered) {
      unseen++;
      System.err.println("no look: " + unanswered);
    }
  }

  private void ages(JsonNode models) {
    long now = 0;
    for (JsonNode model : models) {
      now = Math.max(now, model.path("oldest_ms").asLong());
      for (JsonNode waiting : model.path("queue")) {
        now = Math.max(now, waiting.path("waited_ms").asLong());
        hear(waiting);
      }
    }
    oldest = Math.max(oldest, now);
    if (now > 2 * expected) {
      faults.add("somebody waits for more than twice the longest expected wait");
    }
  }

  /** What was told when somebody was first seen; later it would hold whatever its age became. */
  private void hear(JsonNode waiting) {
    if (known.add(waiting.path("exchange").asText())) {
      long told = waiting.path("waited_ms").asLong() + waiting.path("estimate_ms").asLong();
      expected = Math.max(expected, told);
    }
  }

  private void silence(long seen) {
    long more = seen - silent;
    silent = seen;
    if (more > 0 && !troubles.explain(System.nanoTime())) {
      unexplained += more;
      System.err.println(more + " silent wait(s) inside an Ollama that no fault explains");
    }
  }

  synchronized List<String> faults() {
    List<String> all = new ArrayList<>(faults);
    if (unexplained > 0) {
      all.add(unexplained + " silent wait(s) inside an Ollama that no fault explains");
    }
    if (unseen > 2) {
      all.add("the gateway did not show its queue " + unseen + " times");
    }
    Growth.of(memory).fault("memory, MB", 64).ifPresent(all::add);
    Growth.of(sockets).fault("open sockets", 16).ifPresent(all::add);
    return all;
  }

  synchronized List<String> facts() {
    return List.of(
        "oldest age %.1f s, longest expected wait %.1f s".formatted(oldest / 1e3, expected / 1e3),
        "silent waits inside an Ollama: %d, of which no fault explains %d"
            .formatted(silent, unexplained),
        "memory of the gateway, MB: " + Growth.of(memory),
        "open sockets of the gateway: " + Growth.of(sockets));
  }
}
