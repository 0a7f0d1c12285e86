package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.bus.BusMessage.Admission;
import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.bus.BusMessage.Broke;
import com.visiquate.ccproxy.bus.BusMessage.Refused;
import com.visiquate.ccproxy.bus.BusMessage.Said;
import com.visiquate.ccproxy.bus.BusMessage.StillWaiting;
import com.visiquate.ccproxy.bus.BusMessage.ToIngress;
import com.visiquate.ccproxy.bus.BusMessage.Why;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Answer;
import com.visiquate.ccproxy.dialect.ByteSink;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer: waiting, then committed to a response, then ended. Owns what has been
 * sent to its client; whatever arrives after its end is ignored.
 */
final class Exchange {
  /** Where it stands; it only ever moves down this list. */
  private enum Phase {
    /** Nothing has been sent: a failure still has its own status code. */
    WAITING,
    /** Status 200 is out. */
    COMMITTED,
    ENDED
  }

  /** The owner of the slot knows better why time is up; this one speaks only when nobody does. */
  private static final Duration GRACE = Duration.ofMillis(250);

  private final Ticket ticket;
  private final Answer answer;
  private final Reply reply;
  private final Surroundings surroundings;
  private final Credits credits;
  private final ByteSink sink = new ByteSink();
  private Phase phase = Phase.WAITING;
  private boolean admitted;
  private @Nullable ModelName model;
  private @Nullable Placement placement;
  private Head.@Nullable QueuePlace queue;
  private @Nullable Instant firstToken;
  private Counts counts = Counts.NONE;
  private Instant lastSign;

  Exchange(Ticket ticket, Answer answer, Reply reply, Surroundings surroundings) {
    this.ticket = ticket;
    this.answer = answer;
    this.reply = reply;
    this.surroundings = surroundings;
    this.credits = new Credits(ticket.exchange(), surroundings);
    this.lastSign = ticket.arrived();
  }

  Ticket ticket() {
    return ticket;
  }

  void answered(Admission admission, Instant now) {
    switch (admission) {
      case Admitted granted -> {
        admitted = true;
        model = granted.model();
        waitsAt(granted.place(), granted.estimate());
      }
      case Refused refused -> {
        waitsAt(refused.place(), refused.estimate());
        fail(refused.failure(), Outcome.REFUSED, now);
      }
    }
  }

  void heard(ToIngress message, Instant now) {
    if (phase == Phase.ENDED) {
      return;
    }
    switch (message) {
      case StillWaiting waiting -> {
        admitted = true;
        waitsAt(waiting.place(), waiting.estimate());
      }
      case Said said -> said(said, now);
      case Broke broke -> {
        placement = broke.placement() == null ? placement : broke.placement();
        fail(broke.failure(), broke.outcome(), now);
      }
    }
  }

  /** Time has passed. */
  void tick(Instant now) {
    if (phase == Phase.ENDED) {
      return;
    }
    if (now.isAfter(ticket.deadline().plus(GRACE))) {
      surroundings.leave(ticket.exchange(), Why.TIMEOUT);
      fail(timedOut(now), Outcome.TIMEOUT, now);
    } else if (beatIsDue(now)) {
      answer.heartbeat(sink);
      send(now);
    }
  }

  /** The client's connection has gone. */
  void clientGone(Instant now) {
    if (phase != Phase.ENDED) {
      surroundings.leave(ticket.exchange(), Why.CLIENT_GONE);
      end(Outcome.CLIENT_GONE, phase == Phase.COMMITTED ? 200 : 0, null, now);
    }
  }

  /** The gateway ends. */
  void shutDown(Instant now) {
    if (phase != Phase.ENDED) {
      surroundings.leave(ticket.exchange(), Why.SHUTDOWN);
      fail(Failure.shuttingDown(), Outcome.SHUTDOWN, now);
    }
  }

  /** A bug: its answer cannot be trusted to say so, a broken connection can. */
  void crashed(Instant now) {
    if (phase == Phase.ENDED) {
      return;
    }
    surroundings.leave(ticket.exchange(), Why.CLIENT_GONE);
    Failure failure = Failure.of(Failure.Kind.INTERNAL, "The gateway failed; please report it.");
    int status = 200;
    if (phase == Phase.COMMITTED) {
      reply.abort();
    } else {
      status = reply.fail(head(), failure);
    }
    end(Outcome.BACKEND_ERROR, status, failure, now);
  }

  private void waitsAt(int place, Duration estimate) {
    queue = place > 0 ? new Head.QueuePlace(place, estimate) : queue;
  }

  private void said(Said said, Instant now) {
    placement = said.placement();
    if (firstToken == null && !said.events().isEmpty()) {
      firstToken = now;
    }
    boolean finished = false;
    for (ChatEvent event : said.events()) {
      answer.said(event, sink);
      if (event instanceof ChatEvent.Finished end) {
        counts = end.counts();
        finished = true;
      }
    }
    if (finished) {
      complete(now);
      return;
    }
    if (ticket.stream() && !sink.isEmpty()) {
      send(now);
    }
    credits.taken(said.placement().backend(), reply);
  }

  private void complete(Instant now) {
    if (ticket.stream()) {
      commit();
      reply.end(sink.take());
    } else {
      reply.whole(head(), answer.contentType(), sink.take());
    }
    end(Outcome.COMPLETED, 200, null, now);
  }

  private void send(Instant now) {
    commit();
    reply.write(sink.take());
    lastSign = now;
  }

  private void commit() {
    if (phase == Phase.WAITING) {
      reply.begin(head(), answer.contentType());
      phase = Phase.COMMITTED;
    }
  }

  private boolean beatIsDue(Instant now) {
    if (!ticket.stream() || !admitted || reply.full()) {
      return false;
    }
    Duration gap =
        phase == Phase.WAITING ? ticket.waiting().commitAfter() : ticket.waiting().heartbeat();
    return !now.isBefore(lastSign.plus(gap));
  }

  private void fail(Failure failure, Outcome outcome, Instant now) {
    if (phase == Phase.ENDED) {
      return;
    }
    int status = 200;
    if (phase == Phase.COMMITTED) {
      answer.broke(failure, sink);
      reply.end(sink.take());
    } else {
      status = reply.fail(head(), failure);
    }
    end(outcome, status, failure, now);
  }

  private void end(Outcome outcome, int status, @Nullable Failure failure, Instant now) {
    phase = Phase.ENDED;
    Duration untilFirst =
        firstToken == null ? null : Duration.between(ticket.arrived(), firstToken);
    surroundings.ended(
        ticket, new Report(outcome, status, placement, untilFirst, counts, failure, now));
  }

  private Head head() {
    return new Head(ticket.exchange(), model, placement, queue);
  }

  private Failure timedOut(Instant now) {
    long seconds = Duration.between(ticket.arrived(), now).toSeconds();
    return Failure.of(
        Failure.Kind.BACKEND_TIMEOUT,
        "The answer was not complete after %d s; ask for less or try again.".formatted(seconds));
  }
}
