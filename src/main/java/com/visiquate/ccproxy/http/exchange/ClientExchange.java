package com.visiquate.ccproxy.http.exchange;

import com.visiquate.ccproxy.bus.BusMessage.Admission;
import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Answered;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.StillWaiting;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
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
  /** Where it stands; it only ever moves down this list. */
  private enum Phase {
    /** Nothing has been sent: a failure still has its own status code. */
    WAITING,
    /** Status 200 is out. */
    COMMITTED,
    ENDED
  }

  private final ExchangeFacts ticket;
  private final Answer answer;
  private final Reply reply;
  private final ExchangeOwner surroundings;
  private final Parts parts;
  private final Findings findings;
  private final Timetable times;
  private final ByteSink sink = new ByteSink();
  private Phase phase = Phase.WAITING;
  private Consumer<Parts.Part> submitter = part -> {};

  public ClientExchange(
      ExchangeFacts ticket, Answer answer, Reply reply, ExchangeOwner surroundings) {
    this(new Findings(ticket), 1, answer, reply, surroundings);
  }

  /** One of so many parts, which begin with {@link #begin}. */
  public ClientExchange(
      Findings findings, int parts, Answer answer, Reply reply, ExchangeOwner surroundings) {
    this.ticket = findings.ticket();
    this.answer = answer;
    this.reply = reply;
    this.surroundings = surroundings;
    this.parts = new Parts(ticket.exchange(), parts);
    this.findings = findings;
    this.times = new Timetable(ticket);
  }

  public ExchangeFacts ticket() {
    return ticket;
  }

  /** The ids under which its parts run. */
  public List<ExchangeId> parts() {
    return parts.ids();
  }

  /** Begins with the first parts; the others follow as those end. */
  public void begin(Consumer<Parts.Part> submission) {
    submitter = submission;
    parts.begin(surroundings).forEach(submitter);
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
    if (phase == Phase.ENDED) {
      return;
    }
    switch (message) {
      case Answered(var part, var admission) -> answered(part, admission, now);
      case StillWaiting waiting -> findings.waits(waiting);
      case Said said -> said(said, now);
      case Broke broke -> {
        findings.placed(broke.placement());
        parts.ended(broke.exchange());
        leave(broke.outcome() == Outcome.TIMEOUT ? Why.TIMEOUT : Why.CLIENT_GONE);
        fail(broke.failure(), broke.outcome(), now);
      }
    }
  }

  /** Time has passed. */
  public void tick(Instant now) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (times.isOver(now)) {
      leave(Why.TIMEOUT);
      fail(findings.timedOut(now), Outcome.TIMEOUT, now);
    } else if (findings.isIgnored(now)) {
      leave(Why.TIMEOUT);
      fail(Findings.notReady(), Outcome.REFUSED, now);
    } else if (beatIsDue(now)) {
      answer.heartbeat(sink);
      send(now);
    }
  }

  /** When time has to be told to it, at the latest. */
  public Instant due() {
    return times.next();
  }

  /** The client's connection has gone. */
  public void clientGone(Instant now) {
    if (phase != Phase.ENDED) {
      // Who has said how long it waits asks again at once.
      leave(ticket.isOutOfPatience(now) ? Why.TIMEOUT : Why.CLIENT_GONE);
      end(Outcome.CLIENT_GONE, phase == Phase.COMMITTED ? 200 : 0, null, now);
    }
  }

  /** The gateway ends. */
  public void shutDown(Instant now) {
    if (phase != Phase.ENDED) {
      leave(Why.SHUTDOWN);
      fail(Failure.shuttingDown(), Outcome.SHUTDOWN, now);
    }
  }

  /** A bug: its answer cannot be trusted to say so, a broken connection can. */
  public void crashed(Instant now) {
    if (phase == Phase.ENDED) {
      return;
    }
    leave(Why.CLIENT_GONE);
    Failure failure = Failure.of(Failure.Kind.INTERNAL, "The gateway failed; please report it.");
    int status = 200;
    if (phase == Phase.COMMITTED) {
      reply.abort();
    } else {
      status = reply.fail(findings.head(), failure);
    }
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
      complete(now);
      return;
    }
    if (ticket.stream() && !sink.isEmpty()) {
      send(now);
    }
    part.credits().taken(said.placement().backend(), reply);
    begin(submitter);
  }

  private void said(Parts.Part part, ChatEvent event, Instant now) {
    answer.said(part.index(), findings.told(event, now), sink);
    if (event instanceof ChatEvent.Finished end) {
      findings.cost(end.counts());
      parts.ended(part.id());
    }
  }

  private void complete(Instant now) {
    if (ticket.stream() || phase == Phase.COMMITTED) {
      commit();
      reply.end(sink.take());
    } else {
      reply.whole(findings.head(), answer.contentType(), sink.take());
    }
    end(Outcome.COMPLETED, 200, null, now);
  }

  private void send(Instant now) {
    commit();
    reply.write(sink.take());
    times.signed(now);
  }

  private void commit() {
    if (phase == Phase.WAITING) {
      reply.begin(findings.head(), answer.contentType());
      phase = Phase.COMMITTED;
    }
  }

  private boolean beatIsDue(Instant now) {
    return times.beatIsDue(now) && findings.isAdmitted() && !reply.full();
  }

  /** No part is wanted any more. */
  private void leave(Why why) {
    parts.open().forEach(part -> surroundings.leave(part, why));
  }

  /** What one part fails, all do: half an answer is none. */
  private void fail(Failure cause, Outcome outcome, Instant now) {
    if (phase == Phase.ENDED) {
      return;
    }
    Failure failure = findings.told(cause);
    int status = 200;
    if (ticket.stream() && answer.tellsInside(failure)) {
      commit();
    }
    if (phase == Phase.COMMITTED) {
      answer.broke(failure, sink);
      reply.end(sink.take());
    } else {
      status = reply.fail(findings.head(), failure);
    }
    end(outcome, status, failure, now);
  }

  private void end(Outcome outcome, int status, @Nullable Failure failure, Instant now) {
    phase = Phase.ENDED;
    surroundings.ended(ticket, findings.report(outcome, status, failure, now));
  }
}
