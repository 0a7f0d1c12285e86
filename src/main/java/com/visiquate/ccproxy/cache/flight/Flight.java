package com.visiquate.ccproxy.cache.flight;

import com.visiquate.ccproxy.bus.BusMessage.Admission;
import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Cancelled;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.StillWaiting;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.bus.LoopMessage.Looping;
import com.visiquate.ccproxy.cache.flight.FlightEffect.Begin;
import com.visiquate.ccproxy.cache.flight.FlightEffect.Complete;
import com.visiquate.ccproxy.cache.flight.FlightEffect.GiveUp;
import com.visiquate.ccproxy.cache.flight.FlightEffect.Land;
import com.visiquate.ccproxy.cache.flight.FlightEffect.Pay;
import com.visiquate.ccproxy.cache.flight.FlightEffect.Tell;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.ExchangeId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One run for all who ask the same at once. It has one slot; each listener gets all of it under its
 * own id, at its own pace, and leaves without disturbing the others.
 */
public final class Flight {
  /**
   * Those who are given a whole answer at its end lose a run that breaks; so often it begins anew.
   */
  private static final int RUNS = 3;

  private final int ingress;
  private final Map<ExchangeId, Listener> listeners = new LinkedHashMap<>();
  private final Log log;
  private Submit run;
  private final List<ExchangeId> runs = new ArrayList<>();
  private @Nullable ToIngress lastWord;
  private boolean admitted;

  /**
   * One whose run has not begun.
   *
   * @param ingress where its run is told, instead of where its first listener is
   * @param most bytes of an answer, about, that are kept for those who come later
   */
  public Flight(Submit first, int ingress, long most) {
    this.ingress = ingress;
    this.log = new Log(most);
    this.run = first;
    listeners.put(first.exchange(), new Listener(first));
  }

  /** Begins its run; what there is to be told is said to its first listener before all else. */
  public List<FlightEffect> begin(Optional<Told> told) {
    List<FlightEffect> effects = new ArrayList<>();
    told.ifPresent(word -> effects.add(new Tell(run.ingress(), word)));
    run = Listener.run(run, run.exchange(), ingress);
    runs.add(run.exchange());
    effects.add(new Begin(run));
    return effects;
  }

  /** The ids of its runs, of which the last one goes on. */
  public List<ExchangeId> runs() {
    return List.copyOf(runs);
  }

  /** Those who hear it. */
  public List<ExchangeId> listeners() {
    return List.copyOf(listeners.keySet());
  }

  /** Whether somebody else may still get all of it. */
  public boolean isOpen() {
    return log.isComplete();
  }

  /** Whether its run may be taken for what this one asks. */
  public boolean suits(Submit other) {
    return isOpen() && run.fallback().equals(other.fallback());
  }

  /** One more listens; it gets all that has been said. */
  public List<FlightEffect> join(Submit submit, Told told) {
    Listener listener = new Listener(submit);
    listeners.put(submit.exchange(), listener);
    List<FlightEffect> effects = new ArrayList<>();
    effects.add(new Tell(submit.ingress(), told));
    if (lastWord != null) {
      effects.add(new Tell(submit.ingress(), Words.of(lastWord, listener.exchange())));
    }
    advance(listener, effects);
    return effects;
  }

  /** A listener can take more. */
  public List<FlightEffect> credit(ExchangeId exchange, int messages) {
    Listener listener = listeners.get(exchange);
    if (listener == null) {
      return List.of();
    }
    listener.grant(messages);
    List<FlightEffect> effects = new ArrayList<>();
    advance(listener, effects);
    return paid(effects);
  }

  /** A listener has gone; with the last one the run is given up. */
  public List<FlightEffect> leave(ExchangeId exchange, Why why) {
    if (listeners.remove(exchange) == null) {
      return List.of();
    }
    List<FlightEffect> effects = new ArrayList<>();
    if (listeners.isEmpty()) {
      effects.add(new GiveUp(run.exchange(), why));
      effects.add(new Land());
      return effects;
    }
    return paid(effects);
  }

  /** Something is said of its run. */
  public List<FlightEffect> heard(ToIngress message) {
    return switch (message) {
      case Answered(var id, Refused refused) -> over(new Answered(id, refused));
      case Cancelled cancelled -> over(cancelled);
      case Answered(var id, Admitted granted) -> admitted(granted);
      case StillWaiting waiting -> toAll(waiting);
      case Said said -> said(said);
      case Broke broke -> broke(broke);
      case Told told -> List.of();
      case Looping looping -> List.of();
    };
  }

  /** Who begins anew is not told of its place a second time. */
  private List<FlightEffect> admitted(Admission granted) {
    if (admitted) {
      return List.of();
    }
    admitted = true;
    return toAll(new Answered(run.exchange(), granted));
  }

  private List<FlightEffect> toAll(ToIngress word) {
    lastWord = word;
    List<FlightEffect> effects = new ArrayList<>();
    listeners
        .values()
        .forEach(one -> effects.add(new Tell(one.ingress(), Words.of(word, one.exchange()))));
    return effects;
  }

  private List<FlightEffect> over(ToIngress lastOfAll) {
    List<FlightEffect> effects = toAll(lastOfAll);
    effects.add(new Land());
    return effects;
  }

  private List<FlightEffect> said(Said said) {
    log.add(said);
    List<FlightEffect> effects = new ArrayList<>();
    if (log.isOver()) {
      listeners.values().forEach(one -> effects.add(end(one)));
      if (log.isComplete()) {
        effects.add(new Complete(said.placement(), log.events(0)));
      }
      effects.add(new Land());
      return effects;
    }
    listeners.values().forEach(one -> advance(one, effects));
    return paid(effects);
  }

  private Tell end(Listener one) {
    List<ChatEvent> rest = log.events(one.heard());
    return new Tell(one.ingress(), one.rest(log.placement(), rest, log.size()));
  }

  private void advance(Listener listener, List<FlightEffect> effects) {
    while (listener.isDue(log.size())) {
      effects.add(new Tell(listener.ingress(), listener.next(log.message(listener.heard()))));
    }
  }

  /** The fastest sets the pace; those who wait for the end take all. */
  private List<FlightEffect> paid(List<FlightEffect> effects) {
    int furthest =
        listeners.values().stream()
            .mapToInt(one -> one.whole() ? log.size() : one.heard())
            .max()
            .orElse(0);
    int owed = log.paid(furthest);
    if (owed > 0) {
      effects.add(new Pay(log.placement().backend(), run.exchange(), owed));
    }
    int slowest =
        listeners.values().stream().mapToInt(one -> one.whole() ? 0 : one.heard()).min().orElse(0);
    log.forget(slowest);
    return effects;
  }

  /** Those who have been given a part of the answer are told; the others begin anew. */
  private List<FlightEffect> broke(Broke broke) {
    List<FlightEffect> effects = new ArrayList<>();
    Optional<Listener> next =
        log.size() > 0 && runs.size() < RUNS
            ? listeners.values().stream().filter(one -> !one.hasHeard()).findFirst()
            : Optional.empty();
    listeners
        .values()
        .removeIf(
            one -> {
              boolean told = next.isEmpty() || one.hasHeard();
              if (told) {
                effects.add(new Tell(one.ingress(), Words.of(broke, one.exchange())));
              }
              return told;
            });
    if (next.isEmpty()) {
      effects.add(new Land());
      return effects;
    }
    log.clear();
    Submit first = next.get().submit();
    run = Listener.run(first, first.exchange().again(runs.size() + 1), ingress);
    runs.add(run.exchange());
    effects.add(new Begin(run));
    return effects;
  }
}
