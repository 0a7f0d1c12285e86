package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.CacheMessage.Ask;
import com.visiquate.ccproxy.bus.CacheMessage.Credited;
import com.visiquate.ccproxy.bus.CacheMessage.Left;
import com.visiquate.ccproxy.bus.CacheMessage.Reason;
import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.bus.CacheMessage.Use;
import com.visiquate.ccproxy.cache.flight.Flight;
import com.visiquate.ccproxy.cache.flight.FlightEffect;
import com.visiquate.ccproxy.cache.store.AnswerCodec;
import com.visiquate.ccproxy.cache.store.AnswerKey;
import com.visiquate.ccproxy.cache.store.StoredAnswer;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.FinishReason;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The runs that are shared, and who hears them. */
final class Flights {
  private final Outlet outlet;
  private final Answers answers;
  private final InstantSource clock;

  /** Those that others may join. */
  private final Map<AnswerKey, Flying> joinable = new HashMap<>();

  private final Map<ExchangeId, Flying> byRun = new HashMap<>();
  private final Map<ExchangeId, Flying> byListener = new HashMap<>();

  /**
   * A run, and what will become of its answer.
   *
   * @param ttl for how long it is kept; zero keeps nothing
   */
  private record Flying(Flight flight, AnswerKey key, Duration ttl) {}

  Flights(Outlet outlet, Answers answers, InstantSource clock) {
    this.outlet = outlet;
    this.answers = answers;
    this.clock = clock;
  }

  /** From routing and from backends, about a run. */
  void heard(ToIngress message) {
    Flying flying = byRun.get(message.exchange());
    if (flying != null) {
      apply(flying, flying.flight().heard(message));
    }
  }

  void left(Left left) {
    Flying flying = byListener.remove(left.exchange());
    if (flying == null) {
      outlet.leave(left.leave());
    } else {
      apply(flying, flying.flight().leave(left.exchange(), left.leave().why()));
    }
  }

  void credited(Credited credited) {
    Flying flying = byListener.get(credited.exchange());
    if (flying == null) {
      outlet.pay(credited.backend(), credited.credit());
    } else {
      int messages = credited.credit().messages();
      apply(flying, flying.flight().credit(credited.exchange(), messages));
    }
  }

  /** Whether there is a run that it may hear. */
  boolean isJoinable(Ask ask, AnswerKey key) {
    Flying flying = joinable.get(key);
    return flying != null
        && ask.wish().join()
        && !ask.wish().fresh()
        && flying.flight().suits(ask.submit());
  }

  /** It hears a run that may be joined. */
  void join(Ask ask, AnswerKey key) {
    Flying flying = Objects.requireNonNull(joinable.get(key), "flight");
    outlet.counts(Use.JOINED, Reason.RUNNING);
    byListener.put(ask.exchange(), flying);
    Told told = new Told(ask.exchange(), Use.JOINED, key.name(), Duration.ZERO, flying.ttl());
    apply(flying, flying.flight().join(ask.submit(), told));
  }

  /** It has a run of its own, which others may join. */
  void lead(Ask ask, AnswerKey key, Duration ttl, Optional<Told> told) {
    Flight flight = new Flight(ask.submit(), outlet.number(), AnswerCodec.LARGEST);
    Flying flying = new Flying(flight, key, ttl);
    byListener.put(ask.exchange(), flying);
    if (ask.wish().join()) {
      joinable.put(key, flying);
    }
    apply(flying, flight.begin(told));
  }

  private void apply(Flying flying, List<FlightEffect> effects) {
    for (FlightEffect effect : effects) {
      switch (effect) {
        case FlightEffect.Tell(int ingress, ToIngress message) -> tell(ingress, message);
        case FlightEffect.Begin(Submit run) -> {
          byRun.put(run.exchange(), flying);
          outlet.begin(run);
        }
        case FlightEffect.GiveUp giveUp -> outlet.giveUp(giveUp);
        case FlightEffect.Pay pay -> outlet.pay(pay);
        case FlightEffect.Complete(Placement at, List<ChatEvent> events) ->
            keep(flying, at, events);
        case FlightEffect.Land() -> land(flying);
      }
    }
  }

  private void tell(int ingress, ToIngress message) {
    if (message instanceof Broke) {
      // It hears no more of it, while others may.
      byListener.remove(message.exchange());
    }
    outlet.tell(ingress, message);
  }

  private void land(Flying flying) {
    joinable.remove(flying.key(), flying);
    flying.flight().runs().forEach(byRun::remove);
    flying.flight().listeners().forEach(byListener::remove);
  }

  /** Only what ended by itself, by the model that was asked for. */
  private void keep(Flying flying, Placement at, List<ChatEvent> events) {
    boolean proper =
        flying.ttl().isPositive()
            && at.insteadOf() == null
            && at.model().equals(new ModelName(flying.key().model()))
            && events.getLast() instanceof ChatEvent.Finished(FinishReason reason, var counts)
            && reason == FinishReason.STOP;
    if (proper) {
      Instant now = clock.instant();
      Instant until = now.plus(flying.ttl());
      answers.put(flying.key(), new StoredAnswer(at.model(), events, now, until));
    }
  }
}
