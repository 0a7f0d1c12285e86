package com.visiquate.ccproxy.launch;

import com.visiquate.ccproxy.config.logs.Logs;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that has been started; stops it in the opposite order. */
final class Running {
  private static final Logger LOG = LoggerFactory.getLogger(Logs.LIFE_CYCLE);

  /** For closing what has drained, and for what hangs. */
  private static final Duration GRACE = Duration.ofSeconds(3);

  private final Vertx vertx;
  private final Logs logs;
  private final Duration drain;
  private final Deque<Supplier<Future<Void>>> ends = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean stopping = new AtomicBoolean();

  Running(Vertx vertx, Logs logs, Duration drain) {
    this.vertx = vertx;
    this.logs = logs;
    this.drain = drain;
  }

  Vertx vertx() {
    return vertx;
  }

  Logs logs() {
    return logs;
  }

  /** The longest that {@link #stop} should be waited for. */
  Duration patience() {
    return drain.plus(GRACE).plus(GRACE);
  }

  /** Remembers how to end what has just been started. */
  void endsWith(Supplier<Future<Void>> end) {
    ends.push(end);
  }

  /** Lets answers end within the drain time and closes everything; again does nothing more. */
  Future<Void> stop() {
    if (!stopping.compareAndSet(false, true)) {
      return Future.succeededFuture();
    }
    Future<Void> all = Future.succeededFuture();
    for (Supplier<Future<Void>> end : ends) {
      all = all.eventually(() -> bounded(end.get()));
    }
    return all.eventually(vertx::close).onComplete(closed -> logs.stop());
  }

  private Future<Void> bounded(Future<Void> ending) {
    return ending
        .timeout(drain.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(
            late -> LOG.warn("did not end as it should: {}", String.valueOf(late.getMessage())));
  }
}
