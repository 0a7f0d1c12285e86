package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.dispatch.Dispatchers;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Whatever follows from an event: who must go, who can start, who must be told. */
final class Aftermath {
  private final FallbackControl fallbacks;
  private final Reappraisal reappraisal;
  private final Dispatchers dispatchers;
  private final PrefixWarmUps warmUps;
  private final FleetState fleet;
  private final WakeUps wakeUps;

  Aftermath(
      FallbackControl fallbacks,
      Reappraisal reappraisal,
      Dispatchers dispatchers,
      PrefixWarmUps warmUps,
      FleetState fleet,
      WakeUps wakeUps) {
    this.fallbacks = fallbacks;
    this.reappraisal = reappraisal;
    this.dispatchers = dispatchers;
    this.warmUps = warmUps;
    this.fleet = fleet;
    this.wakeUps = wakeUps;
  }

  /**
   * All of it.
   *
   * @param first what the event itself has brought about
   */
  List<RoutingEffect> of(List<RoutingEffect> first, Instant now) {
    List<RoutingEffect> effects = new ArrayList<>(first);
    effects.addAll(due(now));
    effects.addAll(dispatchers.dispatch(now));
    effects.addAll(warmUps.start(now));
    fleet.forgetEmpty();
    effects.addAll(wake(now));
    return effects;
  }

  /** What only time has brought about: whoever may wait no longer goes, and some are looked at. */
  List<RoutingEffect> due(Instant now) {
    List<RoutingEffect> effects = fallbacks.evictOverdue(now);
    reappraisal.some();
    return effects;
  }

  /** What is told to those who wait, and when to look again. */
  List<RoutingEffect> wake(Instant now) {
    return wakeUps.ring(dispatchers.again(), now);
  }

  /** The time for which it asked has come. */
  void rang() {
    wakeUps.rang();
  }
}
