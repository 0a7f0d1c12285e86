package com.visiquate.ccproxy.http.reply;

import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Placement;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What every response says of itself, as far as it is known when the response begins.
 *
 * @param model null while nobody has admitted the request
 * @param placement null while it has not run
 * @param queue null when it did not have to wait
 * @param cache what the cache had to do with it; null when that is nothing
 * @param loop how often in a row the same tool turn has come, when that is a loop; else 0
 */
public record Head(
    ExchangeId exchange,
    @Nullable ModelName model,
    @Nullable Placement placement,
    @Nullable QueuePlace queue,
    @Nullable Told cache,
    int loop) {
  /** Where it stood in the waiting room when that was said last, and how long that would take. */
  public record QueuePlace(int place, Duration estimate) {}

  private static final CharSequence REQUEST_ID = HttpHeaders.createOptimized("x-request-id");
  private static final CharSequence ANTHROPIC_ID = HttpHeaders.createOptimized("request-id");
  private static final CharSequence BACKEND = HttpHeaders.createOptimized("x-ccproxy-backend");
  private static final CharSequence MODEL = HttpHeaders.createOptimized("x-ccproxy-model");
  private static final CharSequence QUEUE_MS = HttpHeaders.createOptimized("x-ccproxy-queue-ms");
  private static final CharSequence QUEUE_PLACE =
      HttpHeaders.createOptimized("x-ccproxy-queue-place");
  private static final CharSequence QUEUE_ESTIMATE =
      HttpHeaders.createOptimized("x-ccproxy-queue-estimate-ms");
  private static final CharSequence ATTEMPTS = HttpHeaders.createOptimized("x-ccproxy-attempts");
  private static final CharSequence LOOP = HttpHeaders.createOptimized("x-ccproxy-loop");
  private static final CharSequence BUFFERING = HttpHeaders.createOptimized("x-accel-buffering");
  private static final CharSequence NO = HttpHeaders.createOptimized("no");
  private static final CharSequence NO_CACHE = HttpHeaders.createOptimized("no-cache");
  private static final CharSequence RETRY_MS = HttpHeaders.createOptimized("retry-after-ms");
  private static final CharSequence SHOULD_RETRY = HttpHeaders.createOptimized("x-should-retry");
  private static final CharSequence NO_SNIFF =
      HttpHeaders.createOptimized("x-content-type-options");

  public static Head of(ExchangeId exchange) {
    return new Head(exchange, null, null, null, null, 0);
  }

  void writeTo(MultiMap headers, String contentType, Family family) {
    identify(headers, exchange, family);
    headers
        .set(HttpHeaders.CONTENT_TYPE, contentType)
        .set(HttpHeaders.CACHE_CONTROL, NO_CACHE)
        .set(NO_SNIFF, "nosniff");
    if (model != null) {
      headers.set(MODEL, model.value());
    }
    if (queue != null) {
      headers
          .set(QUEUE_PLACE, Integer.toString(queue.place()))
          .set(QUEUE_ESTIMATE, Long.toString(queue.estimate().toMillis()));
    }
    if (cache != null) {
      CacheHeaders.write(headers, cache);
    }
    if (loop > 0) {
      headers.set(LOOP, Integer.toString(loop));
    }
    if (placement != null) {
      headers
          .set(MODEL, placement.model().value())
          .set(BACKEND, placement.backend().value())
          .set(QUEUE_MS, Long.toString(placement.queued().toMillis()))
          .set(ATTEMPTS, Integer.toString(placement.attempt()));
    }
  }

  /** The request's id, under the names where the clients of a family look for it. */
  public static void identify(MultiMap headers, ExchangeId exchange, Family family) {
    headers.set(REQUEST_ID, exchange.value());
    if (family == Family.ANTHROPIC) {
      headers.set(ANTHROPIC_ID, "req_" + exchange.value());
    }
  }

  /** Proxies must pass each piece on at once. */
  static void streamed(MultiMap headers) {
    headers.set(BUFFERING, NO);
  }

  /** Whether and when to try again. */
  static void advise(MultiMap headers, Failure failure, RandomGenerator random) {
    Boolean advised = RetryAfter.advised(failure.kind());
    if (advised != null) {
      headers.set(SHOULD_RETRY, advised.toString());
    }
    if (Boolean.TRUE.equals(advised) || failure.retryAfter() != null) {
      RetryAfter retry = RetryAfter.of(failure.retryAfter(), random);
      headers.set(HttpHeaders.RETRY_AFTER, Long.toString(retry.seconds()));
      headers.set(RETRY_MS, Long.toString(retry.millis()));
    }
  }
}
