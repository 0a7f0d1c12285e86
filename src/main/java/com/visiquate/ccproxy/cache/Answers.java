package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.CacheMessage.Reason;
import com.visiquate.ccproxy.cache.store.AnswerCodec;
import com.visiquate.ccproxy.cache.store.AnswerKey;
import com.visiquate.ccproxy.cache.store.LocalAnswers;
import com.visiquate.ccproxy.cache.store.RemoteAnswers;
import com.visiquate.ccproxy.cache.store.StoredAnswer;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is stored: here, and where other gateways see it as well. */
final class Answers {
  private final LocalAnswers local;
  private final RemoteAnswers remote;
  private final InstantSource clock;

  Answers(LocalAnswers local, RemoteAnswers remote, InstantSource clock) {
    this.local = local;
    this.remote = remote;
    this.clock = clock;
  }

  Optional<StoredAnswer> find(AnswerKey key) {
    return local.find(key).flatMap(bytes -> AnswerCodec.decode(key, bytes));
  }

  /** Whether it is worth to wait for {@link #findElsewhere}. */
  boolean mayBeElsewhere() {
    return remote.isAsked();
  }

  /** Where that is. */
  Reason elsewhere() {
    return remote.where();
  }

  /** Never fails; what it finds is kept here as well. */
  Future<Optional<StoredAnswer>> findElsewhere(AnswerKey key) {
    return remote
        .find(key)
        .map(
            bytes -> {
              Optional<StoredAnswer> found = bytes.flatMap(one -> AnswerCodec.decode(key, one));
              found.ifPresent(answer -> local.put(key, bytes.get(), answer.until()));
              return found;
            });
  }

  void put(AnswerKey key, StoredAnswer answer) {
    AnswerCodec.encode(key, answer)
        .ifPresent(
            bytes -> {
              local.put(key, bytes, answer.until());
              remote.put(key, bytes, answer.left(clock.instant()));
            });
  }

  /** Deletes what is named, or all of a model and a namespace; null is any. */
  Future<Long> delete(@Nullable String model, @Nullable String namespace, List<String> names) {
    long here = discard(model, namespace, names);
    Future<Long> there = names.isEmpty() ? remote.delete(model, namespace) : remote.delete(names);
    return there.map(count -> Math.max(here, count));
  }

  /** Deletes the same of what is in the memory of this process alone. */
  long discard(@Nullable String model, @Nullable String namespace, List<String> names) {
    return names.isEmpty() ? local.delete(model, namespace) : local.delete(names);
  }

  long size() {
    return local.size();
  }

  long bytes() {
    return local.bytes();
  }

  /** Whether those that are shared can be had. */
  RemoteAnswers.Absence look() {
    return remote.look();
  }

  void close() {
    remote.close();
  }
}
