package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.engine.Run.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a server sees; written on its event loop, read from any thread. */
public final class Ledger {
  private static final int REMEMBERED = 64;
  private static final int OCCUPANCIES = 10_000;

  private final Map<String, Long> requests = new ConcurrentHashMap<>();
  private final Map<String, Integer> running = new ConcurrentHashMap<>();
  private final Map<String, Integer> peaks = new ConcurrentHashMap<>();
  private final Map<Phase, AtomicLong> aborts = new EnumMap<>(Phase.class);
  private final ConcurrentLinkedDeque<Seen.Received> last = new ConcurrentLinkedDeque<>();
  private final ConcurrentLinkedDeque<Occupancy> occupancies = new ConcurrentLinkedDeque<>();
  private final AtomicInteger occupancyCount = new AtomicInteger();
  private final AtomicLong cached = new AtomicLong();
  private final AtomicLong computed = new AtomicLong();
  private final AtomicLong loads = new AtomicLong();
  private final AtomicLong loadsAborted = new AtomicLong();
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong evictions = new AtomicLong();
  private final AtomicLong silentWaits = new AtomicLong();

  public Ledger() {
    for (Phase phase : Phase.values()) {
      aborts.put(phase, new AtomicLong());
    }
  }

  public void request(String path) {
    requests.merge(path, 1L, Long::sum);
  }

  public void received(Seen.Received request) {
    last.addFirst(request);
    // Only this thread adds, so the count cannot drift.
    if (last.size() > REMEMBERED) {
      last.pollLast();
    }
  }

  void running(String model, int change) {
    int now = running.merge(model, change, Integer::sum);
    peaks.merge(model, now, Math::max);
  }

  /** After a kill nothing runs, whoever was counted. */
  void nothingRuns() {
    running.replaceAll((model, count) -> 0);
  }

  void abort(Phase phase) {
    count(phase).incrementAndGet();
  }

  void prompt(int fromCache, int worked) {
    cached.addAndGet(fromCache);
    computed.addAndGet(worked);
  }

  /** A slot is free again; counting the deque would cost as much as it is long. */
  void occupied(Occupancy past) {
    occupancies.add(past);
    if (occupancyCount.incrementAndGet() > OCCUPANCIES) {
      occupancies.poll();
      occupancyCount.decrementAndGet();
    }
  }

  /** The last ones, oldest first. */
  public List<Occupancy> occupancies() {
    return List.copyOf(occupancies);
  }

  void load() {
    loads.incrementAndGet();
  }

  void loadAborted() {
    loadsAborted.incrementAndGet();
  }

  void reload() {
    reloads.incrementAndGet();
  }

  void eviction() {
    evictions.incrementAndGet();
  }

  void silentWait() {
    silentWaits.incrementAndGet();
  }

  public Seen seen() {
    return new Seen(
        requests,
        new Seen.Aborts(
            count(Phase.LOADING).get(),
            count(Phase.WAITING).get(),
            count(Phase.PROMPT).get(),
            count(Phase.STREAMING).get()),
        new Seen.PromptTokens(cached.get(), computed.get()),
        new Seen.Models(
            loads.get(), loadsAborted.get(), reloads.get(), evictions.get(), silentWaits.get()),
        running,
        peaks,
        List.copyOf(last));
  }

  private AtomicLong count(Phase phase) {
    return java.util.Objects.requireNonNull(aborts.get(phase));
  }
}
