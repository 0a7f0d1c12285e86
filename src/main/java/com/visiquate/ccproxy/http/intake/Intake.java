package com.visiquate.ccproxy.http.intake;

import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Decoded;
import com.visiquate.ccproxy.dialect.Dialect;
import com.visiquate.ccproxy.dialect.Family;
import com.visiquate.ccproxy.fleet.AccessKey;
import com.visiquate.ccproxy.fleet.Accounting;
import com.visiquate.ccproxy.fleet.CacheWish;
import com.visiquate.ccproxy.fleet.Waiting;
import com.visiquate.ccproxy.http.exchange.ClientExchange;
import com.visiquate.ccproxy.http.exchange.ExchangeFacts;
import com.visiquate.ccproxy.http.ingress.Ingress;
import com.visiquate.ccproxy.http.ingress.Quotas;
import com.visiquate.ccproxy.http.ingress.Recollection;
import com.visiquate.ccproxy.http.reply.Refusal;
import com.visiquate.ccproxy.http.view.FleetView;
import com.visiquate.ccproxy.http.view.SizedRequest;
import com.visiquate.ccproxy.ollama.AnswerSchema;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request for an answer until it is understood; then its exchange takes over. */
public final class Intake implements Upload.Receiver {
  private static final int RARER = 2;
  private final Arrival arrival;
  private final Dialect dialect;
  private final AnsweredOnce end;
  private @Nullable ClientExchange exchange;

  public Intake(Arrival arrival, Dialect dialect) {
    this(arrival, dialect, new AnsweredOnce(arrival));
  }

  /** One that shares its end with whoever may answer before it is asked. */
  Intake(Arrival arrival, Dialect dialect, AnsweredOnce end) {
    this.arrival = arrival;
    this.dialect = dialect;
    this.end = end;
  }

  @Override
  public void received(byte[] body) {
    if (!end.isDone()) {
      understand(dialect.decode(body));
    }
  }

  /** The body has been read, by whoever knows how. */
  public void understand(Decoded decoded) {
    if (end.isDone()) {
      return;
    }
    switch (decoded) {
      case Decoded.Misunderstood not -> refused(Refusal.of(not.failure()));
      case Decoded.Understood understood -> {
        Failure objection = objection(understood);
        if (objection == null) {
          enter(understood);
        } else {
          refused(Refusal.of(objection));
        }
      }
    }
  }

  /** What no backend could do need not wait for one. */
  private @Nullable Failure objection(Decoded.Understood understood) {
    return CacheWords.isInVain(arrival)
        ? Failure.notCached()
        : AnswerSchema.objection(understood.parts().getFirst(), dialect.family().answerSchema());
  }

  /**
   * What its key may not do is refused; a key with limits asks first, all others go straight on.
   */
  private void enter(Decoded.Understood understood) {
    arrival.asks(understood.model());
    AccessKey key = arrival.key();
    Refusal forbidden = arrival.forbidden(understood.model());
    Sender sender = Sender.of(arrival, understood);
    Accounting accounting = arrival.services().fleet().plan().accounting();
    if (forbidden != null) {
      refused(forbidden);
    } else if (Quotas.bind(key, sender.client(), accounting)) {
      arrival
          .services()
          .quotas()
          .enter(arrival.id(), key, sender.client(), accounting)
          // In one chain with what follows, so that a bug there is answered too.
          .map(objection -> entered(understood, sender, objection))
          .onFailure(bug -> failed());
    } else {
      submit(understood, sender);
    }
  }

  private Intake entered(
      Decoded.Understood understood, Sender sender, Optional<Failure> objection) {
    if (objection.isPresent()) {
      refused(Refusal.of(objection.get()));
    } else if (!end.isDone()) {
      submit(understood, sender);
    }
    return this;
  }

  private void failed() {
    refused(Refusal.of(Failure.bug()));
  }

  @Override
  public void refused(Refusal refusal) {
    end.refuse(refusal);
  }

  @Override
  public void gone() {
    if (exchange != null) {
      exchange.clientGone(arrival.services().now());
    } else {
      end.gone();
    }
  }

  /** First puts back what the model thought and the client has forgotten, if anybody knows. */
  private void submit(Decoded.Understood understood, Sender sender) {
    Set<CallKey> gaps = Recollection.gaps(understood);
    if (gaps.isEmpty() || !arrival.services().fleet().thinks(understood.model(), sender.chosen())) {
      open(understood, sender);
      return;
    }
    arrival
        .services()
        .memory()
        .recollect(gaps)
        .otherwise(Map.of())
        .map(found -> recollected(Recollection.filled(understood, found), sender))
        .onFailure(bug -> failed());
  }

  private Intake recollected(Decoded.Understood understood, Sender sender) {
    if (!end.isDone() && arrival.services().fleet().isDraining()) {
      arrival.reply().closeAfterwards();
      refused(Refusal.shuttingDown());
    } else if (!end.isDone()) {
      open(understood, sender);
    }
    return this;
  }

  private void open(Decoded.Understood understood, Sender sender) {
    Ingress ingress = arrival.ingress();
    ExchangeFacts facts = facts(arrival.services().fleet(), understood, sender);
    end.handOver();
    SizedRequest request = arrival.services().sizes().of(understood, sender.chosen());
    exchange = ingress.open(facts, dialect, request, arrival.reply());
    CacheWish wish = CacheWords.wish(arrival, understood);
    ingress.submit(exchange, request, arrival.priority(), arrival.key(), wish);
  }

  /** A line that says nothing costs Ollama's clients more than a comment, so they get fewer. */
  private Waiting waiting(boolean stream) {
    Waiting usual = arrival.services().fleet().plan().waiting();
    boolean lines = stream && dialect.family() == Family.OLLAMA;
    return lines ? usual.withFewerBeats(RARER) : usual;
  }

  private ExchangeFacts facts(FleetView fleet, Decoded.Understood understood, Sender sender) {
    String timeout = arrival.header("x-stainless-read-timeout");
    Duration patience =
        Deadline.patience(timeout == null ? arrival.header("x-stainless-timeout") : timeout);
    Waiting waiting = waiting(understood.stream());
    boolean kept = understood.stream() || patience.compareTo(waiting.commitAfter()) > 0;
    return new ExchangeFacts(
        arrival.id(),
        arrival.asked(
            fleet.label(understood.model()),
            Operation.of(understood.parts().getFirst()),
            understood.stream(),
            sender),
        Deadline.of(arrival.at(), fleet.plan().limits(), patience, kept),
        arrival.at().plus(patience),
        waiting);
  }
}
