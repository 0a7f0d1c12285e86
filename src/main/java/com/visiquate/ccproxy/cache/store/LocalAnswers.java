package com.visiquate.ccproxy.cache.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers in the memory of this process, bounded in bytes. */
public final class LocalAnswers {
  /** Of an entry besides its bytes and its name: objects, its place in the tables; measured. */
  private static final int OVERHEAD = 330;

  private final Cache<String, Entry> entries;
  private final InstantSource clock;

  @SuppressWarnings("ArrayRecordComponent") // handed on, never changed
  private record Entry(AnswerKey key, byte[] bytes, Instant until) {
    int weight(String name) {
      return OVERHEAD + name.length() + key.namespace().length() + bytes.length;
    }
  }

  /**
   * None yet.
   *
   * @param size most bytes of all of them together
   */
  public LocalAnswers(long size, InstantSource clock) {
    this.clock = clock;
    this.entries =
        Caffeine.newBuilder()
            .maximumWeight(size)
            .weigher((String name, Entry entry) -> entry.weight(name))
            // Where it is asked, so that memory is never more than it may be for long.
            .executor(Runnable::run)
            .ticker(() -> nanos(clock.instant()))
            .expireAfter(
                Expiry.<String, Entry>writing(
                    (name, entry) -> Duration.between(clock.instant(), entry.until())))
            .build();
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * 1_000_000_000L + at.getNano();
  }

  public Optional<byte[]> find(AnswerKey key) {
    return Optional.ofNullable(entries.getIfPresent(key.text())).map(Entry::bytes);
  }

  public void put(AnswerKey key, byte[] bytes, Instant until) {
    if (until.isAfter(clock.instant())) {
      entries.put(key.text(), new Entry(key, bytes, until));
    }
  }

  /** Deletes by name; says how many there were. */
  public long delete(Iterable<String> names) {
    long count = 0;
    for (String name : names) {
      count += entries.asMap().remove(name) == null ? 0 : 1;
    }
    return count;
  }

  /**
   * Deletes all of a model and of a namespace; says how many there were.
   *
   * @param model null for any
   * @param namespace null for any
   */
  public long delete(@Nullable String model, @Nullable String namespace) {
    long before = entries.asMap().size();
    entries
        .asMap()
        .values()
        .removeIf(
            entry ->
                (model == null || entry.key().model().equals(model))
                    && (namespace == null || entry.key().namespace().equals(namespace)));
    return before - entries.asMap().size();
  }

  /** How many there are. */
  public long size() {
    return entries.asMap().size();
  }

  /** What they take, about. */
  public long bytes() {
    return entries.policy().eviction().map(policy -> policy.weightedSize().orElse(0)).orElse(0L);
  }
}
