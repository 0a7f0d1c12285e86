package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.bus.BusMessage.Admission;
import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Cancelled;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.StillWaiting;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.bus.CacheMessage.Told;
import com.visiquate.ccproxy.bus.LoopMessage.Looping;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.http.reply.Reply;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: waiting, then committed to a response, then ended. Owns what has been
 * sent to its client; whatever arrives after its end is ignored.
 */
public final class ClientExchange {
  private final ExchangeFacts facts;
  private final Delivery delivery;
  private final ExchangeOwner owner;
  private final Parts parts;
  private final Findings findings;
  private final Timetable times;
  private boolean ended;
  private Consumer<Parts.Part> submitter = part -> {};

  public ClientExchange(ExchangeFacts facts, Answer answer, Reply reply, ExchangeOwner owner) {
    this(new Findings(facts), 1, answer, reply, owner);
  }

  /** One of so many parts, which begin with {@link #begin}. */
  public ClientExchange(
      Findings findings, int parts, Answer answer, Reply reply, ExchangeOwner owner) {
    this.facts = findings.facts();
    this.delivery = new Delivery(findings, answer, reply);
    this.owner = owner;
    this.parts = new Parts(facts.exchange(), parts);
    this.findings = findings;
    this.times = new Timetable(facts);
  }

  public ExchangeFacts facts() {
    return facts;
  }

  /** The ids under which its parts run. */
  public List<ExchangeId> parts() {
    return parts.ids();
  }

  /** Begins with the first parts; the others follow as those end. */
  public void begin(Consumer<Parts.Part> submission) {
    submitter = submission;
    parts.begin(owner).forEach(submitter);
  }

  /** Routing has decided about a part. */
  public void answered(ExchangeId part, Admission admission, Instant now) {
    switch (admission) {
      case Admitted granted -> findings.admitted(granted);
      case Refused refused -> {
        findings.waitsAt(refused.place(), refused.estimate());
        parts.ended(part);
        leave(Why.CLIENT_GONE);
        fail(refused.failure(), Outcome.REFUSED, now);
      }
    }
  }

  public void heard(ToIngress message, Instant now) {
    if (ended) {
      return;
    }
    switch (message) {
      case Answered(var part, var admission) -> answered(part, admission, now);
      case StillWaiting waiting -> findings.waits(waiting);
      case Told told -> findings.cached(told);
      case Looping looping -> findings.looping(looping.times());
      case Said said -> said(said, now);
      case Broke broke -> {
        findings.placed(broke.placement());
        parts.ended(broke.exchange());
        leave(broke.outcome() == Outcome.TIMEOUT ? Why.TIMEOUT : Why.CLIENT_GONE);
        fail(broke.failure(), broke.outcome(), now);
      }
      case Cancelled cancelled -> {
        findings.placed(cancelled.placement());
        leave(Why.CANCELLED);
        fail(Failure.cancelled(), Outcome.CANCELLED, now);
      }
    }
  }

  /** Time has passed. */
  public void tick(Instant now) {
    if (ended) {
      return;
    }
    if (times.isOver(now)) {
      leave(Why.TIMEOUT);
      fail(findings.timedOut(now), Outcome.TIMEOUT, now);
    } else if (findings.isIgnored(now)) {
      leave(Why.TIMEOUT);
      fail(Failure.notReady(), Outcome.REFUSED, now);
    } else if (beatIsDue(now)) {
      delivery.beat();
      times.signed(now);
    }
  }

  /** When time has to be told to it, at the latest. */
  public Instant due() {
    return times.next();
  }

  /** The client's connection has gone. */
  public void clientGone(Instant now) {
    if (!ended) {
      // Who has said how long it waits asks again at once.
      leave(facts.isOutOfPatience(now) ? Why.TIMEOUT : Why.CLIENT_GONE);
      end(Outcome.CLIENT_GONE, delivery.status(), null, now);
    }
  }

  /** The gateway ends. */
  public void shutDown(Instant now) {
    if (!ended) {
      leave(Why.SHUTDOWN);
      fail(Failure.shuttingDown(), Outcome.SHUTDOWN, now);
    }
  }

  /** A bug: its answer cannot be trusted to say so, a broken connection can. */
  public void crashed(Instant now) {
    if (ended) {
      return;
    }
    leave(Why.CLIENT_GONE);
    Failure failure = Failure.bug();
    int status = delivery.crash(failure);
    end(Outcome.BACKEND_ERROR, status, failure, now);
  }

  private void said(Said said, Instant now) {
    Parts.Part part = parts.open(said.exchange());
    if (part == null) {
      return;
    }
    findings.placed(said.placement());
    findings.spoke(now);
    said.events().forEach(event -> said(part, event, now));
    if (parts.areOver()) {
      delivery.complete();
      end(Outcome.COMPLETED, Delivery.OK, null, now);
      return;
    }
    if (delivery.flush()) {
      times.signed(now);
    }
    part.credits().taken(said.placement().backend(), delivery.reply());
    begin(submitter);
  }

  private void said(Parts.Part part, ChatEvent event, Instant now) {
    findings.said(event);
    delivery.say(part.index(), findings.told(event, now));
    if (event instanceof ChatEvent.Finished end) {
      findings.cost(end.counts());
      parts.ended(part.id());
    }
  }

  private boolean beatIsDue(Instant now) {
    return times.beatIsDue(now) && findings.isAdmitted() && !delivery.isFull();
  }

  /** No part is wanted any more. */
  private void leave(Why why) {
    parts.open().forEach(part -> owner.leave(part, why));
  }

  /** What one part fails, all do: half an answer is none. */
  private void fail(Failure cause, Outcome outcome, Instant now) {
    if (ended) {
      return;
    }
    Failure failure = findings.told(cause);
    int status = delivery.fail(failure);
    end(outcome, status, failure, now);
  }

  private void end(Outcome outcome, int status, @Nullable Failure failure, Instant now) {
    ended = true;
    owner.ended(facts, findings.report(outcome, status, failure, now));
  }
}
