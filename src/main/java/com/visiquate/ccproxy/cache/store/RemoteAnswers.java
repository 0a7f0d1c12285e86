package com.visiquate.ccproxy.cache.store;

import com.visiquate.ccproxy.bus.CacheMessage.Reason;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers that several gateways share. Nothing here fails: what cannot be had is not there. */
public interface RemoteAnswers {
  /**
   * That nobody answers.
   *
   * @param since when; null when it is not so
   * @param why in words for operators; empty when it is not so
   */
  record Absence(@Nullable Instant since, String why) {
    /** Somebody answers. */
    public static final Absence NONE = new Absence(null, "");
  }

  /** There are none. */
  RemoteAnswers NONE =
      new RemoteAnswers() {
        @Override
        public Future<Optional<byte[]>> find(AnswerKey key) {
          return Future.succeededFuture(Optional.empty());
        }

        @Override
        public Reason where() {
          return Reason.UNKNOWN;
        }

        @Override
        public void put(AnswerKey key, byte[] bytes, Duration ttl) {}

        @Override
        public Future<Long> delete(@Nullable String model, @Nullable String namespace) {
          return Future.succeededFuture(0L);
        }

        @Override
        public Future<Long> delete(List<String> names) {
          return Future.succeededFuture(0L);
        }

        @Override
        public boolean isAsked() {
          return false;
        }

        @Override
        public Absence look() {
          return Absence.NONE;
        }

        @Override
        public void close() {}
      };

  Future<Optional<byte[]>> find(AnswerKey key);

  /** Where it finds what it finds. */
  Reason where();

  void put(AnswerKey key, byte[] bytes, Duration ttl);

  /**
   * Deletes all of a model and of a namespace.
   *
   * @param model null for any
   * @param namespace null for any
   */
  Future<Long> delete(@Nullable String model, @Nullable String namespace);

  /** Deletes by name. */
  Future<Long> delete(List<String> names);

  /** Whether it is worth asking now. */
  boolean isAsked();

  /** Whether it answers, as far as is known; asks it, so that the next look knows more. */
  Absence look();

  void close();
}
