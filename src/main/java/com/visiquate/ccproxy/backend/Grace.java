package com.visiquate.ccproxy.backend;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link Exchange} whose client may come back. When its time is over, its client is told and
 * routing has a ghost, but it goes on for a while, for the same request again: clients that give a
 * time-out ask again at once, and what took longer than that would never be done. Owns whether
 * somebody listens; while nobody does, the one thing to be told is that the slot is free.
 */
final class Grace {
  /** So long it goes on for nobody. */
  static final Duration RETURN = Duration.ofSeconds(60);

  private final Exchange exchange;
  private boolean awaits;

  Grace(Exchange exchange) {
    this.exchange = exchange;
  }

  void sent() {
    exchange.sent();
  }

  List<Effect> unfit(Failure failure) {
    return heard(exchange.unfit(failure));
  }

  List<Effect> answered(int code, long now) {
    return heard(exchange.answered(code, now));
  }

  List<Effect> read(byte[] bytes, long now) {
    return heard(exchange.read(bytes, now));
  }

  /** Whoever comes back hears it from the first word on; until then it is kept. */
  List<Effect> flush() {
    return awaits ? List.of() : exchange.flush();
  }

  List<Effect> credit(int messages) {
    return awaits ? List.of() : exchange.credit(messages);
  }

  List<Effect> ended() {
    return heard(exchange.ended());
  }

  List<Effect> failed(Failure failure, String why) {
    return heard(exchange.failed(failure, why));
  }

  /**
   * Its client does not want it any more; or its own time-out has passed, so that it comes back.
   */
  List<Effect> leave(BusMessage.Why why, Departure rule) {
    if (awaits) {
      return List.of();
    }
    boolean goesOn = why == BusMessage.Why.TIMEOUT && exchange.goesOn();
    return goesOn ? await(List.of(), Outcome.CLIENT_GONE) : exchange.leave(why, rule);
  }

  /** A limit has passed. That of the whole time says nothing against the run itself. */
  List<Effect> late(Limit limit, Departure rule) {
    if (awaits) {
      return List.of();
    }
    boolean goesOn = limit == Limit.TOTAL && exchange.goesOn();
    return goesOn
        ? await(exchange.tell(limit.failure()), Outcome.TIMEOUT)
        : exchange.late(limit, rule);
  }

  private List<Effect> await(List<Effect> told, Outcome outcome) {
    awaits = true;
    Effect end = new Effect.End(outcome, Counts.NONE, true);
    return Effect.joined(told, List.of(end, new Effect.Settle(RETURN)));
  }

  /** The same request is here again. */
  boolean adopt(boolean whole) {
    boolean adopted = exchange.adopt(whole);
    awaits = awaits && !adopted;
    return adopted;
  }

  List<Effect> resident() {
    return heard(exchange.resident());
  }

  /** Nobody has come back; or as {@link Exchange#settled}. */
  List<Effect> settled(Departure rule) {
    List<Effect> left =
        awaits ? exchange.leave(BusMessage.Why.CLIENT_GONE, rule) : List.<Effect>of();
    return heard(left.isEmpty() ? exchange.settled() : left);
  }

  List<Effect> shutDown(Failure failure) {
    return heard(exchange.shutDown(failure));
  }

  /** Whether its prompt is computed for nobody, and only to its end. */
  boolean isHaunting() {
    return !awaits && exchange.isHaunting();
  }

  boolean isHauntingForLoad() {
    return exchange.isHauntingForLoad();
  }

  long silentMillis(long now) {
    return exchange.silentMillis(now);
  }

  private List<Effect> heard(List<Effect> effects) {
    if (!awaits) {
      return effects;
    }
    List<Effect> quiet = new ArrayList<>();
    for (Effect effect : effects) {
      switch (effect) {
        case Effect.Free free -> {
          quiet.add(new Effect.Exorcise(exchange.hasSpoken()));
          quiet.add(free);
        }
        // It is a ghost like any other from now on, and tells of its own end.
        case Effect.End end when end.ghost() -> awaits = false;
        case Effect.Told told -> {}
        default -> quiet.add(effect);
      }
    }
    return quiet;
  }
}
