package com.visiquate.ccproxy.cache.store;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.CacheMessage.Reason;
import com.visiquate.ccproxy.bus.SharedMessage.AnswerFound;
import com.visiquate.ccproxy.bus.SharedMessage.FindAnswer;
import com.visiquate.ccproxy.bus.SharedMessage.KnownAnswer;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers that all nodes of a cluster know. Whoever asks waits for them a moment and no longer, and
 * not at all while a node that has died is not missed yet.
 */
public final class NodeAnswers implements RemoteAnswers {
  private static final Logger LOG = LoggerFactory.getLogger(NodeAnswers.class);
  private static final Duration PATIENCE = Duration.ofMillis(20);

  private final Bus bus;
  private final InstantSource clock;
  private final Breaker breaker = new Breaker();

  public NodeAnswers(Bus bus, InstantSource clock) {
    this.bus = bus;
    this.clock = clock;
  }

  @Override
  public Future<Optional<byte[]>> find(AnswerKey key) {
    return bus.ask(Address.SHARED_ANSWERS, new FindAnswer(key.text()), PATIENCE)
        .map(this::answered)
        .otherwise(cause -> failed());
  }

  private Optional<byte[]> answered(AnswerFound found) {
    if (breaker.answered()) {
      LOG.info("answers are shared again: other nodes answer");
    }
    return Optional.ofNullable(found.answer()).map(KnownAnswer::bytes);
  }

  private Optional<byte[]> failed() {
    if (breaker.failed(clock.instant())) {
      LOG.warn("answers are not shared for now: other nodes do not answer in time");
    }
    return Optional.empty();
  }

  @Override
  public Reason where() {
    return Reason.NODES;
  }

  @Override
  public void put(AnswerKey key, byte[] bytes, Duration ttl) {
    if (!ttl.isZero() && breaker.away() == null) {
      bus.send(Address.SHARED_KEEP, new KnownAnswer(key.text(), bytes, ttl));
    }
  }

  /** The cluster does that for all, whoever keeps what they share. */
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
    return breaker.mayAsk(clock.instant());
  }

  /** Who is not there is told of elsewhere. */
  @Override
  public Absence look() {
    return Absence.NONE;
  }

  @Override
  public void close() {}
}
