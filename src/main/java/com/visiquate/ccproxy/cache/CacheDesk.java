package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.Submit;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.CacheMessage.Ask;
import com.visiquate.ccproxy.bus.CacheMessage.Credited;
import com.visiquate.ccproxy.bus.CacheMessage.Left;
import com.visiquate.ccproxy.bus.CacheMessage.Reason;
import com.visiquate.ccproxy.bus.CacheMessage.ToCache;
import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.bus.CacheMessage.Use;
import com.visiquate.ccproxy.cache.store.AnswerKey;
import com.visiquate.ccproxy.cache.store.StoredAnswer;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.CacheWish;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Who shares whose run, and who is answered from what is stored. */
final class CacheDesk {
  private final Outlet outlet;
  private final Answers answers;
  private final Fingerprints fingerprints;
  private final Duration ttl;
  private final Flights flights;
  private final InstantSource clock;

  /** Those whose answers are being looked for, and who came meanwhile. */
  private final Map<AnswerKey, List<Ask>> looking = new HashMap<>();

  /**
   * One that nobody has asked.
   *
   * @param ttl how long an answer is used; zero keeps none
   */
  CacheDesk(
      Outlet outlet,
      Answers answers,
      Fingerprints fingerprints,
      Duration ttl,
      InstantSource clock) {
    this.outlet = outlet;
    this.answers = answers;
    this.fingerprints = fingerprints;
    this.ttl = ttl;
    this.clock = clock;
    this.flights = new Flights(outlet, answers, clock);
  }

  /** From http. */
  void heard(ToCache message) {
    switch (message) {
      case Ask ask -> ask(ask);
      case Left left -> left(left);
      case Credited credited -> flights.credited(credited);
    }
  }

  private void left(Left left) {
    boolean looked = false;
    for (List<Ask> asks : looking.values()) {
      looked |= asks.removeIf(ask -> ask.exchange().equals(left.exchange()));
    }
    if (!looked) {
      flights.left(left);
    }
  }

  /** From routing and from backends, about a run. */
  void heard(ToIngress message) {
    flights.heard(message);
  }

  private void ask(Ask ask) {
    Optional<AnswerKey> key = fingerprints.of(ask.submit(), ask.scope(), ask.wish().namespace());
    if (key.isEmpty()) {
      outlet.counts(Use.BYPASS, Reason.WEIGHTS);
      told(ask, "", Use.BYPASS).ifPresent(told -> tell(ask.submit(), told));
      refuseOr(ask, () -> outlet.begin(ask.submit()));
      return;
    }
    find(ask, key.get());
  }

  private void find(Ask ask, AnswerKey key) {
    boolean may = ask.wish().store() && !ask.wish().fresh();
    Optional<StoredAnswer> stored = may ? answers.find(key) : Optional.empty();
    if (stored.filter(answer -> isGood(answer, ask.wish())).isPresent()) {
      hit(ask, key, stored.get(), Reason.MEMORY);
    } else if (may && answers.mayBeElsewhere() && !flights.isJoinable(ask, key)) {
      look(ask, key);
    } else {
      missed(ask, key, why(ask.wish(), stored));
    }
  }

  private static Reason why(CacheWish wish, Optional<StoredAnswer> stored) {
    if (wish.fresh()) {
      return Reason.FRESH;
    }
    if (!wish.store()) {
      return Reason.NOT_KEPT;
    }
    return stored.isPresent() ? Reason.OLD : Reason.UNKNOWN;
  }

  private boolean isGood(StoredAnswer answer, CacheWish wish) {
    Instant now = clock.instant();
    Duration most = wish.maxAge();
    return answer.until().isAfter(now) && (most == null || answer.age(now).compareTo(most) <= 0);
  }

  private void look(Ask ask, AnswerKey key) {
    List<Ask> already = looking.get(key);
    if (already != null) {
      already.add(ask);
      return;
    }
    List<Ask> asks = new ArrayList<>(List.of(ask));
    looking.put(key, asks);
    answers
        .findElsewhere(key)
        .onSuccess(
            found -> {
              looking.remove(key);
              asks.forEach(one -> found(one, key, found));
            });
  }

  private void found(Ask ask, AnswerKey key, Optional<StoredAnswer> found) {
    if (found.filter(answer -> isGood(answer, ask.wish())).isPresent()) {
      hit(ask, key, found.get(), answers.elsewhere());
    } else {
      missed(ask, key, why(ask.wish(), found));
    }
  }

  private void hit(Ask ask, AnswerKey key, StoredAnswer answer, Reason where) {
    Submit submit = ask.submit();
    ExchangeId id = submit.exchange();
    Instant now = clock.instant();
    outlet.hit(where, answer.age(now));
    tell(submit, new Told(id, Use.HIT, key.name(), answer.age(now), answer.left(now)));
    tell(submit, new Answered(id, Hits.admitted(answer.model())));
    tell(submit, new Said(id, Placement.cached(answer.model()), Hits.events(answer.events())));
  }

  private void missed(Ask ask, AnswerKey key, Reason why) {
    refuseOr(
        ask,
        () -> {
          if (flights.isJoinable(ask, key)) {
            flights.join(ask, key);
          } else {
            outlet.counts(Use.MISS, why);
            Duration kept = ask.wish().store() ? left(ask.wish()) : Duration.ZERO;
            flights.lead(ask, key, kept, told(ask, key.name(), Use.MISS));
          }
        });
  }

  private void refuseOr(Ask ask, Runnable otherwise) {
    if (ask.wish().onlyIfCached()) {
      tell(ask.submit(), new Answered(ask.exchange(), new Refused(Failure.notCached())));
    } else {
      otherwise.run();
    }
  }

  /** Where nothing is stored there is nothing to tell. */
  private Optional<Told> told(Ask ask, String key, Use use) {
    return ask.wish().store()
        ? Optional.of(new Told(ask.exchange(), use, key, Duration.ZERO, left(ask.wish())))
        : Optional.empty();
  }

  private Duration left(CacheWish wish) {
    Duration wished = wish.ttl();
    return wished == null ? ttl : wished;
  }

  private void tell(Submit submit, ToIngress message) {
    outlet.tell(submit.ingress(), message);
  }
}
