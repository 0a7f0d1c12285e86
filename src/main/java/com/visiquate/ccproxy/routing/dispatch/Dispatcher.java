package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Matches waiting requests with free slots. */
public interface Dispatcher {
  /** Starts all that can start now. */
  List<RoutingEffect> dispatch(Instant now);

  /** Starts a newcomer while nobody waits; nothing when it must wait or be looked at closely. */
  List<RoutingEffect> startAlone(OpenExchange newcomer, Instant now);

  /** Whether a newcomer may start now, or changes who does. */
  boolean concerns(OpenExchange newcomer, Instant now);

  /** When to look again although nothing happens: a slot is kept for somebody until then. */
  Optional<Instant> again();
}
