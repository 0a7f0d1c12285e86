package com.visiquate.ccproxy.rehearsal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks what the rehearsal wants asked, one request after the other. Owns its connection. */
public final class RehearsalVerticle extends VerticleBase {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private final Setup setup;
  private final List<Piece> pieces = Repertoire.pieces();
  private final Promise<Void> prelude = Promise.promise();
  private final Promise<Integer> over = Promise.promise();
  private final Rehearsal rehearsal;
  private @Nullable HttpClient client;

  /**
   * What it is told.
   *
   * @param port of the gateway that it asks, on this machine
   * @param requests most that it asks
   * @param prelude when the prelude is over at the latest
   * @param end after which it asks nothing more
   * @param real how many requests of real clients have ended so far
   */
  public record Setup(
      int port,
      int requests,
      Instant prelude,
      Instant end,
      LongSupplier real,
      InstantSource clock) {}

  public RehearsalVerticle(Setup setup) {
    this.setup = setup;
    this.rehearsal = new Rehearsal(setup.requests(), setup.prelude(), setup.end());
  }

  /** Completes when the gateway that serves need not wait any more. */
  public Future<Void> prelude() {
    return prelude.future();
  }

  /** Completes when it is enough, with the number of requests that were asked. */
  public Future<Integer> over() {
    return over.future();
  }

  @Override
  public Future<?> start() {
    client = vertx.createHttpClient();
    go(client);
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    prelude.tryComplete();
    over.tryComplete(rehearsal.asked());
    return client == null ? Future.succeededFuture() : client.close();
  }

  private void go(HttpClient asker) {
    Instant now = setup.clock().instant();
    if (!rehearsal.isPrelude(now)) {
      prelude.tryComplete();
    }
    switch (rehearsal.next(now, setup.real().getAsLong())) {
      case Rehearsal.Next.Ask(var number) ->
          // How it is answered does not matter: a request that fails is the next ones' concern.
          ask(asker, number).onComplete(answered -> go(asker));
      case Rehearsal.Next.Rest(var time) ->
          vertx.setTimer(Math.max(1, time.toMillis()), rested -> go(asker));
      case Rehearsal.Next.Over() -> over.tryComplete(rehearsal.asked());
    }
  }

  private Future<Buffer> ask(HttpClient asker, int number) {
    Piece piece = pieces.get(number % pieces.size());
    RequestOptions options =
        new RequestOptions()
            .setHost("127.0.0.1")
            .setPort(setup.port())
            .setURI(piece.path())
            .setMethod(piece.isPosted() ? HttpMethod.POST : HttpMethod.GET)
            .setIdleTimeout(PATIENCE.toMillis())
            .putHeader("content-type", "application/json");
    return asker
        .request(options)
        .compose(request -> request.send(piece.body(number)))
        .compose(HttpClientResponse::body);
  }
}
