package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.bus.WarmupMessage.NotWarmed;
import com.visiquate.ccproxy.bus.WarmupMessage.Warm;
import com.visiquate.ccproxy.bus.WarmupMessage.WarmReply;
import com.visiquate.ccproxy.bus.WarmupMessage.Warmed;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.ollama.Errors;
import com.visiquate.ccproxy.ollama.RequestBody;
import com.visiquate.ccproxy.ollama.client.OllamaClient;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Loads models that nobody has asked for yet, and takes them out of memory; a load that is under
 * way is never given up.
 */
final class Loads {
  private final Standing standing;
  private final Supplier<OllamaClient> client;
  private final Clock clock;

  Loads(Standing standing, Supplier<OllamaClient> client, Clock clock) {
    this.standing = standing;
    this.client = client;
    this.clock = clock;
  }

  /** Never fails: what went wrong is a value. */
  Future<WarmReply> warm(Warm order) {
    Optional<String> obstacle = standing.obstacle();
    if (obstacle.isPresent()) {
      return Future.succeededFuture(notNow(obstacle.get()));
    }
    if (!standing.slots().load(order.model().name())) {
      return Future.succeededFuture(notNow("it would push out a model that is running"));
    }
    try {
      return load(order.model())
          .otherwise(Loads::lost)
          .onComplete(reply -> standing.slots().loadEnded(order.model().name()));
    } catch (RuntimeException bug) {
      standing.slots().loadEnded(order.model().name());
      throw bug;
    }
  }

  /** Takes a model out of memory at once; empty when that is done, else why it is not. */
  Future<Optional<Failure>> unload(ModelSpec model) {
    RequestBody.Addressed unload = RequestBody.unload(model);
    return client
        .get()
        .post(unload.path(), unload.bytes(), standing.limits().connect())
        .map(
            whole ->
                whole.status() == 200
                    ? Optional.<Failure>empty()
                    : Optional.of(Errors.refused(whole.status(), whole.body(), model)))
        .otherwise(cause -> Optional.of(broke(cause)));
  }

  private Future<WarmReply> load(ModelSpec model) {
    RequestBody.Addressed load = RequestBody.load(model, standing.installed(model));
    Instant begin = clock.instant();
    return client
        .get()
        .post(load.path(), load.bytes(), standing.limits().connect())
        .map(
            whole ->
                whole.status() == 200
                    ? warmed(model, begin)
                    : new NotWarmed(Errors.refused(whole.status(), whole.body(), model)));
  }

  private WarmReply warmed(ModelSpec model, Instant begin) {
    standing.residency().loaded(model, clock.instant());
    return new Warmed(Duration.between(begin, clock.instant()));
  }

  private static WarmReply lost(Throwable cause) {
    return new NotWarmed(broke(cause));
  }

  private static Failure broke(Throwable cause) {
    String detail = String.valueOf(cause.getMessage());
    return Failure.of(Failure.Kind.BACKEND_LOST, "The connection broke meanwhile.", detail);
  }

  /** Nothing is wrong: there is just no room for it now. */
  private static WarmReply notNow(String reason) {
    return new NotWarmed(Failure.of(Failure.Kind.NO_BACKEND, "It cannot load now: " + reason));
  }
}
