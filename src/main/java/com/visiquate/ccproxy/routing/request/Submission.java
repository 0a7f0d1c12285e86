package com.visiquate.ccproxy.routing.request;

import com.visiquate.ccproxy.bus.FallbackOptions;
import com.visiquate.ccproxy.chat.ModelRequest;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.cache.Chain;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that wants a slot, its alias and class resolved.
 *
 * @param ingress number of the {@code http} verticle that holds the client's connection
 * @param model that which it is meant for, or answers instead
 * @param deadline when the whole exchange must have ended
 * @param fallback how it may go on when its model does not answer it
 * @param whole whether the client gets nothing of the answer before all of it is there
 * @param conversation tells its conversation from all others; null when nothing does
 * @param sketch its prompt, where the request does not hold its words any more; else null
 */
public record Submission(
    ExchangeId exchange,
    int ingress,
    ModelName model,
    ModelRequest request,
    Priority priority,
    ClientId client,
    Instant deadline,
    FallbackOptions fallback,
    boolean whole,
    @Nullable String conversation,
    @Nullable Chain sketch) {
  /** One that holds the words of its prompt. */
  public Submission(
      ExchangeId exchange,
      int ingress,
      ModelName model,
      ModelRequest request,
      Priority priority,
      ClientId client,
      Instant deadline,
      FallbackOptions fallback,
      boolean whole,
      @Nullable String conversation) {
    this(
        exchange,
        ingress,
        model,
        request,
        priority,
        client,
        deadline,
        fallback,
        whole,
        conversation,
        null);
  }

  /** One that goes on nowhere, streamed. */
  public Submission(
      ExchangeId exchange,
      int ingress,
      ModelName model,
      ModelRequest request,
      Priority priority,
      ClientId client,
      Instant deadline) {
    this(
        exchange,
        ingress,
        model,
        request,
        priority,
        client,
        deadline,
        FallbackOptions.NONE,
        false,
        null);
  }

  /** The same for another model. */
  Submission to(ModelName other) {
    return new Submission(
        exchange,
        ingress,
        other,
        request,
        priority,
        client,
        deadline,
        fallback,
        whole,
        conversation,
        sketch);
  }

  /** The same, of whose prompt only this is known. */
  public Submission sketched(Chain prompt) {
    return new Submission(
        exchange,
        ingress,
        model,
        request,
        priority,
        client,
        deadline,
        fallback,
        whole,
        conversation,
        prompt);
  }

  /** Its prompt. */
  Chain prompt() {
    return sketch == null ? Chain.of(request) : sketch;
  }

  /** The same in another class. */
  Submission of(Priority other) {
    return new Submission(
        exchange,
        ingress,
        model,
        request,
        other,
        client,
        deadline,
        fallback,
        whole,
        conversation,
        sketch);
  }

  /** Whether a client waits for it, and not this gateway itself. */
  public boolean isOfClient() {
    return ingress >= 0;
  }

  /** The model that answers it, as far as that is certain; null when another one may. */
  public @Nullable ModelName certain() {
    return fallback.fallbacks().isEmpty() ? model : null;
  }
}
