package com.visiquate.ccproxy.cluster;

import com.hazelcast.map.IMap;
import com.hazelcast.query.Predicates;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A map of Hazelcast's in which all nodes keep things for each other, sealed, under names that tell
 * nothing. Nothing here fails: what cannot be had in time is not there. May be asked on any thread;
 * futures are completed on those of Hazelcast's.
 */
final class Shelf {
  /** Nobody who asks has more. */
  private static final long PATIENCE_MILLIS = 200;

  /** Of what is on its way to a node that does not answer. */
  private static final long MOST_UNDERWAY = 16L << 20;

  /** One of them may take so much of all. */
  private static final int SHARE = 4;

  /** What has a longer name has no parts. */
  private static final int LONGEST = 1_024;

  private static final String PART = ":";
  private static final String ANY = "*";

  private final Vertx vertx;
  private final IMap<String, byte[]> map;
  private final Seal seal;
  private final long most;
  private final AtomicLong underway = new AtomicLong();

  /**
   * One of the maps.
   *
   * @param vertx whose threads may be blocked, and tell the time
   * @param most bytes on this node
   */
  Shelf(Vertx vertx, IMap<String, byte[]> map, Seal seal, long most) {
    this.vertx = vertx;
    this.map = map;
    this.seal = seal;
    this.most = most;
  }

  /** Keeps what is made of it elsewhere than on an event loop; says whether it is there now. */
  Future<Boolean> keep(String name, Supplier<byte[]> open, Duration ttl) {
    return vertx
        .executeBlocking(() -> seal.close(open.get()), false)
        .compose(closed -> put(name, closed, Math.max(1, ttl.toMillis())))
        .otherwise(false);
  }

  private Future<Boolean> put(String name, byte[] closed, long millis) {
    if (closed.length > most / SHARE || underway.get() + closed.length > MOST_UNDERWAY) {
      return Future.succeededFuture(false);
    }
    underway.addAndGet(closed.length);
    return Future.fromCompletionStage(
            map.setAsync(key(name), closed, millis, TimeUnit.MILLISECONDS))
        .onComplete(done -> underway.addAndGet(-closed.length))
        .map(true);
  }

  /** Those that are there, in any order. */
  Future<List<byte[]>> find(Collection<String> names) {
    return gathered(names, map::getAsync);
  }

  /** What it was; nobody finds it any more. */
  Future<List<byte[]>> remove(String name) {
    return gathered(List.of(name), map::removeAsync);
  }

  private Future<List<byte[]>> gathered(Collection<String> names, Question question) {
    if (names.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    Queue<byte[]> found = new ConcurrentLinkedQueue<>();
    Promise<List<byte[]>> promise = Promise.promise();
    long timer = vertx.setTimer(PATIENCE_MILLIS, late -> promise.tryComplete(List.copyOf(found)));
    CompletableFuture<?>[] asked =
        names.stream().map(name -> asked(question, name, found)).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(asked)
        .whenComplete(
            (all, failed) -> {
              vertx.cancelTimer(timer);
              promise.tryComplete(List.copyOf(found));
            });
    return promise.future();
  }

  private CompletableFuture<Void> asked(Question question, String name, Queue<byte[]> found) {
    try {
      return question
          .ask(key(name))
          .thenAccept(closed -> opened(closed).ifPresent(found::add))
          .toCompletableFuture();
    } catch (RuntimeException ended) {
      return CompletableFuture.failedFuture(ended);
    }
  }

  @SuppressWarnings("NullAway") // null is what Hazelcast says of what is not there
  private Optional<byte[]> opened(byte[] closed) {
    return Optional.ofNullable(closed).flatMap(seal::open);
  }

  /** Says how many there were. */
  Future<Long> removeAll(Collection<String> names) {
    return Future.join(
            names.stream().map(name -> remove(name).map(was -> (long) was.size())).toList())
        .map(all -> all.<Long>list().stream().mapToLong(Long::longValue).sum());
  }

  /** Removes all whose names are like this, with stars for parts that may be any. */
  Future<Long> removeLike(String pattern) {
    String keys =
        parts(pattern)
            .map(part -> part.equals(ANY) ? "%" : seal.nameOf(part))
            .collect(Collectors.joining(PART));
    return vertx
        .executeBlocking(
            () -> {
              long before = map.keySet(Predicates.like("__key", keys)).size();
              map.removeAll(Predicates.like("__key", keys));
              return before;
            },
            false)
        .map(Objects::requireNonNull)
        .otherwise(0L);
  }

  /**
   * Forgets some of what lies on this node when it is too much: Hazelcast forgets only when it is
   * told something, and no more than one for one, while whole nodes may leave theirs to this one.
   * Blocks.
   */
  void trim() {
    long over = map.getLocalMapStats().getHeapCost() - most;
    if (over <= most / SHARE) {
      return;
    }
    for (String key : map.localKeySet()) {
      var entry = map.getEntryView(key);
      if (entry != null && over > 0) {
        over -= entry.getCost();
        map.evict(key);
      }
    }
  }

  /** What lies on this node, in bytes. */
  long bytes() {
    return map.getLocalMapStats().getHeapCost();
  }

  private String key(String name) {
    return parts(name).map(seal::nameOf).collect(Collectors.joining(PART));
  }

  private static Stream<String> parts(String name) {
    return name.length() > LONGEST ? Stream.of(name) : Stream.of(name.split(PART, -1));
  }

  /** What is asked of a map. */
  private interface Question {
    CompletionStage<byte[]> ask(String key);
  }
}
