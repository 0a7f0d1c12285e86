package com.visiquate.ccproxy.routing.estimate;

import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.Strategy;
import com.visiquate.ccproxy.routing.cache.CachedPrompt;
import com.visiquate.ccproxy.routing.cache.Chain;
import com.visiquate.ccproxy.routing.cache.Displaced;
import com.visiquate.ccproxy.routing.cache.Outlook;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What taking the place of conversations costs, and for how long they are protected from it. Owns
 * the longest protection that the policy allows.
 */
public final class Holds {
  /** Who is not back in the usual time comes back less often. */
  private static final double LATE = 0.25;

  /** Who comes back more seldom is not waited for. */
  public static final double LIKELY = 0.3;

  /** Nobody is kept waiting for the sake of less. */
  private static final long WORTHWHILE = Duration.ofMillis(500).toNanos();

  private final WaitingRooms rooms;
  private Duration residency;

  public Holds(WaitingRooms rooms, FleetPlan plan) {
    this.rooms = rooms;
    this.residency = residency(plan);
  }

  public void follow(FleetPlan plan) {
    residency = residency(plan);
  }

  /**
   * Nanoseconds of prompt work that these are expected to have to do again because of a request.
   */
  double loss(List<Displaced> displaced, Rate rate, Instant now) {
    double loss = 0;
    for (Displaced going : displaced) {
      double own = chance(going.cached(), now) * rate.tokens(going.characters());
      loss += rate.prompt() * Math.max(own, rate.tokens(shared(going)));
    }
    return loss;
  }

  /**
   * How long a request is kept from a slot for the sake of those that it would displace or keep
   * waiting; not positive when it is not. Never longer than what they would lose by it, so that
   * waiting in vain costs no more than not waiting would have.
   *
   * @param delay nanoseconds that whoever has its place in the slot would have to wait for it
   */
  long remaining(OpenExchange exchange, Outlook outlook, Rate rate, long delay, Instant now) {
    CachedPrompt occupant = outlook.occupant();
    long longest = occupant == null ? 0 : left(exchange, occupant, awaited(occupant, delay), now);
    for (Displaced going : outlook.displaced()) {
      long held = against(going.cached(), rate.prompt() * rate.tokens(going.characters()));
      longest = Math.max(longest, left(exchange, going.cached(), held, now));
    }
    return longest;
  }

  private long left(OpenExchange exchange, CachedPrompt cached, long held, Instant now) {
    boolean holds = held >= WORTHWHILE && protects(cached, exchange);
    return holds ? held - Duration.between(cached.since(), now).toNanos() : 0;
  }

  /**
   * For how long, where it would only have to wait. An idle slot costs everybody who waits as long
   * as it is idle, so that it is kept for as long as it takes to come back, or not at all; while
   * that is not known, for what it would save.
   */
  private long awaited(CachedPrompt cached, long delay) {
    long worth = (long) (cached.chance() * delay / (1 + rooms.waiting()));
    long bound = bound(cached).toNanos();
    boolean known = cached.within().compareTo(ReturnStatistic.UNKNOWN) < 0;
    return known && worth < bound ? 0 : Math.min(worth, bound);
  }

  /** For how long a place is kept for a conversation, counted from its end, against a stranger. */
  public Duration against(CachedPrompt cached, Rate rate) {
    boolean expected = cached.chance() >= LIKELY && !isBack(cached);
    long held = against(cached, rate.prompt() * rate.tokens(cached.chain().length()));
    return Duration.ofNanos(expected && held >= WORTHWHILE ? held : 0);
  }

  private long against(CachedPrompt cached, double loses) {
    return Math.min((long) (cached.chance() * loses), bound(cached).toNanos());
  }

  /** The longest that a place is kept for a conversation. */
  public Duration bound(CachedPrompt cached) {
    return cached.within().compareTo(residency) < 0 ? cached.within() : residency;
  }

  /** Not from a higher class, and not once its next turn is here and can speak for itself. */
  private boolean protects(CachedPrompt cached, OpenExchange against) {
    return cached.chance() >= LIKELY
        && against.priority().compareTo(cached.priority()) >= 0
        && !against.chain().follows(cached.turn())
        && !isBack(cached);
  }

  private double chance(CachedPrompt cached, Instant now) {
    if (isBack(cached)) {
      return 1;
    }
    boolean late = cached.since().plus(bound(cached)).isBefore(now);
    return late ? LATE * cached.chance() : cached.chance();
  }

  /** What those who wait would lose, because it is all that is left of their role. */
  private int shared(Displaced going) {
    Chain chain = going.cached().chain();
    return going.lastOfRole()
        ? rooms
            .find(going.cached().model())
            .flatMap(room -> room.ofRole(chain.role()))
            .map(chain::common)
            .orElse(0)
        : 0;
  }

  private boolean isBack(CachedPrompt cached) {
    Optional<WaitingRoom> room = rooms.find(cached.model());
    return room.isPresent() && room.get().awaits(cached.turn());
  }

  /**
   * Where nobody may wait, a slot that is kept for somebody would mean a refusal; and requests in
   * order of arrival go wherever a slot is free.
   */
  private static Duration residency(FleetPlan plan) {
    boolean holds =
        plan.routing().strategy() == Strategy.LEAST_BUSY && !plan.queue().refusesToWait();
    return holds ? plan.routing().residency() : Duration.ZERO;
  }
}
