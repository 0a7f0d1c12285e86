package com.visiquate.ccproxy.backend.exchange;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link OllamaExchange} whose client may come back. When its time is over, its client is told
 * and routing has a ghost, but it goes on for a while, for the same request again: clients that
 * give a time-out ask again at once, and what took longer than that would never be done. Owns
 * whether somebody listens; while nobody does, the one thing to be told is that the slot is free.
 */
public final class Grace {
  /** So long it goes on for nobody. */
  static final Duration RETURN = Duration.ofSeconds(60);

  private final OllamaExchange exchange;
  private boolean awaits;

  public Grace(OllamaExchange exchange) {
    this.exchange = exchange;
  }

  public void sent() {
    exchange.sent();
  }

  public List<RunEffect> unfit(Failure failure) {
    return heard(exchange.unfit(failure));
  }

  public List<RunEffect> answered(int code, long now) {
    return heard(exchange.answered(code, now));
  }

  public List<RunEffect> read(byte[] bytes, long now) {
    return heard(exchange.read(bytes, now));
  }

  /** Whoever comes back hears it from the first word on; until then it is kept. */
  public List<RunEffect> flush() {
    return awaits ? List.of() : exchange.flush();
  }

  public List<RunEffect> credit(int messages) {
    return awaits ? List.of() : exchange.credit(messages);
  }

  public List<RunEffect> ended() {
    return heard(exchange.ended());
  }

  public List<RunEffect> failed(Failure failure, String why) {
    return heard(exchange.failed(failure, why));
  }

  /**
   * Its client does not want it any more; or its own time-out has passed, so that it comes back.
   */
  public List<RunEffect> leave(BusMessage.Why why, Departure rule) {
    if (awaits) {
      return List.of();
    }
    boolean goesOn = why == BusMessage.Why.TIMEOUT && exchange.goesOn();
    return goesOn ? await(List.of(), Outcome.CLIENT_GONE) : exchange.leave(why, rule);
  }

  /** A limit has passed. That of the whole time says nothing against the run itself. */
  public List<RunEffect> late(Limit limit, Departure rule) {
    if (awaits) {
      return List.of();
    }
    boolean goesOn = limit == Limit.TOTAL && exchange.goesOn();
    return goesOn
        ? await(exchange.tell(limit.failure()), Outcome.TIMEOUT)
        : exchange.late(limit, rule);
  }

  private List<RunEffect> await(List<RunEffect> told, Outcome outcome) {
    awaits = true;
    RunEffect end = new RunEffect.End(outcome, Counts.NONE, true);
    return RunEffect.joined(told, List.of(end, new RunEffect.Settle(RETURN)));
  }

  /** The same request is here again. */
  public boolean takeOver(boolean whole) {
    boolean takenOver = exchange.takeOver(whole);
    awaits = awaits && !takenOver;
    return takenOver;
  }

  public List<RunEffect> resident() {
    return heard(exchange.resident());
  }

  /** Nobody has come back; or as {@link OllamaExchange#settled}. */
  public List<RunEffect> settled(Departure rule) {
    List<RunEffect> left =
        awaits ? exchange.leave(BusMessage.Why.CLIENT_GONE, rule) : List.<RunEffect>of();
    return heard(left.isEmpty() ? exchange.settled() : left);
  }

  public List<RunEffect> shutDown(Failure failure) {
    return heard(exchange.shutDown(failure));
  }

  public List<RunEffect> crashed(Failure bug) {
    return heard(exchange.crashed(bug));
  }

  /** Whether its prompt is computed for nobody, and only to its end. */
  public boolean isHaunting() {
    return !awaits && exchange.isHaunting();
  }

  public boolean isHauntingForLoad() {
    return exchange.isHauntingForLoad();
  }

  /** How many pieces have been read of the answer: about one for each token. */
  public int pieces() {
    return exchange.pieces();
  }

  public long silentMillis(long now) {
    return exchange.silentMillis(now);
  }

  private List<RunEffect> heard(List<RunEffect> effects) {
    if (!awaits) {
      return effects;
    }
    List<RunEffect> quiet = new ArrayList<>();
    for (RunEffect effect : effects) {
      switch (effect) {
        case RunEffect.Free free -> {
          quiet.add(new RunEffect.Exorcise(exchange.hasSpoken()));
          quiet.add(free);
        }
        // It is a ghost like any other from now on, and tells of its own end.
        case RunEffect.End end when end.ghost() -> awaits = false;
        case RunEffect.Told told -> {}
        default -> quiet.add(effect);
      }
    }
    return quiet;
  }
}
