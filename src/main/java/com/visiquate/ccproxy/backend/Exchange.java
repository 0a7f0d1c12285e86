package com.visiquate.ccproxy.backend;

import static com.visiquate.ccproxy.backend.Effect.joined;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.ollama.ReplyReader;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with Ollama, as a state machine: what happens goes in, what has to be done comes
 * out. It ends exactly once, with {@link Effect.Free}; after that nothing comes out any more.
 */
final class Exchange {
  private final Reply reply;
  private final Refusal refusal;
  private Phase phase = Phase.SILENT;
  private Departure departure = Departure.FINISHES;
  private boolean sent;
  private List<Effect> last = List.of();

  Exchange(ModelSpec model, ReplyReader reader, boolean whole) {
    refusal = new Refusal(model);
    reply = new Reply(reader, whole);
  }

  /** Ollama has the request; until then nothing is lost by leaving. */
  void sent() {
    sent = true;
  }

  /** The model cannot do what is asked, so Ollama never heard of it. */
  List<Effect> unfit(Failure failure) {
    return phase == Phase.SILENT ? over(List.of(Effect.Lose.because(failure))) : List.of();
  }

  List<Effect> answered(int code, long now) {
    reply.begin(now);
    return switch (phase) {
      case SILENT -> {
        refusal.status(code);
        phase = code == 200 ? Phase.ANSWERING : Phase.REFUSED;
        yield code < 500 ? List.of(new Effect.Well()) : List.of();
      }
      case HAUNTING ->
          code == 200
              ? part(List.of(), List.of(new Effect.Exorcise()), reply.settling())
              : over(List.of(new Effect.Close(), Effect.Exorcise.brokenOff()));
      default -> List.of();
    };
  }

  /** Bytes of the body; what they say is sent by {@link #flush}. */
  List<Effect> read(byte[] bytes, long now) {
    if (phase == Phase.REFUSED) {
      refusal.read(bytes);
    }
    return phase == Phase.ANSWERING ? hear(bytes, now) : List.of();
  }

  private List<Effect> hear(byte[] bytes, long now) {
    reply.read(bytes, now);
    Failure failure = reply.failure();
    List<Effect> stuck = failure == null && reply.isStuck() ? tooSlow() : List.of();
    return failure == null ? stuck : broken(failure);
  }

  List<Effect> flush() {
    return phase == Phase.ANSWERING ? reply.next() : List.of();
  }

  List<Effect> credit(int messages) {
    reply.grant(messages);
    return flush();
  }

  /** The response has ended as HTTP wants it; only now is the slot free. */
  List<Effect> ended() {
    return switch (phase) {
      case ANSWERING -> ended(reply.failureAtEnd());
      case REFUSED -> refusal.isCutCall() ? cutCall() : refused();
      case SILENT, HAUNTING, SETTLING, OVER -> List.of();
    };
  }

  private List<Effect> ended(@Nullable Failure failure) {
    return failure == null ? done() : gone(failure);
  }

  private List<Effect> refused() {
    return over(joined(refusal.verdict(), List.of(Effect.Lose.because(refusal.failure()))));
  }

  /** The token limit came inside a tool call, for which there is an error instead of an end. */
  private List<Effect> cutCall() {
    reply.cut();
    return joined(List.of(new Effect.Well()), done());
  }

  /** The connection could not be made, or broke. */
  List<Effect> failed(Failure failure, String why) {
    Effect unwell = new Effect.Unwell(why);
    return switch (phase) {
      case SILENT -> over(List.of(unwell, Effect.Lose.because(failure)));
      case ANSWERING -> reply.isFinished() ? done() : joined(List.of(unwell), gone(failure));
      case REFUSED -> refused();
      case HAUNTING -> over(List.of(unwell, Effect.Exorcise.brokenOff()));
      case SETTLING, OVER -> List.of();
    };
  }

  /** The client does not want its answer any more, and knows it. */
  List<Effect> leave(BusMessage.Why why, Departure rule) {
    return depart(Verdict.outcome(why), List.of(), rule);
  }

  /** The same request is here again: it gets everything from the first word on, if it still can. */
  boolean adopt(boolean whole) {
    phase = phase == Phase.HAUNTING ? Phase.SILENT : phase;
    boolean adopted = phase == Phase.SILENT || phase == Phase.ANSWERING;
    if (adopted) {
      reply.again(whole);
    }
    return adopted;
  }

  /** A limit has passed; the client is told. */
  List<Effect> late(Limit limit, Departure rule) {
    return limit.concerns(phase) ? depart(Outcome.TIMEOUT, tell(limit.failure()), rule) : List.of();
  }

  /** Tells the client what is left, then why there is no more. */
  List<Effect> tell(Failure failure) {
    return reply.restAnd(failure);
  }

  /** Whether there is something to wait for: it runs in Ollama, and its end is not known yet. */
  boolean goesOn() {
    return (phase == Phase.SILENT && sent) || (phase == Phase.ANSWERING && !reply.isFinished());
  }

  boolean hasSpoken() {
    return reply.hasBegun();
  }

  /** The model is in memory: a ghost that only waited for that can go. */
  List<Effect> resident() {
    return isHauntingForLoad()
        ? part(List.of(), List.of(Effect.Exorcise.brokenOff()), departure.settling())
        : List.of();
  }

  /** Ollama has had its time to notice, or a ghost has been there for too long. */
  List<Effect> settled() {
    return switch (phase) {
      case SETTLING -> over(last);
      case HAUNTING -> over(List.of(new Effect.Close(), Effect.Exorcise.brokenOff()));
      case SILENT, ANSWERING, REFUSED, OVER -> List.of();
    };
  }

  /** ccproxy ends now. */
  List<Effect> shutDown(Failure failure) {
    if (!phase.isWanted()) {
      return settled();
    }
    return over(
        joined(reply.restAnd(failure), List.of(new Effect.Close(), reply.end(Outcome.SHUTDOWN))));
  }

  boolean isHaunting() {
    return phase == Phase.HAUNTING;
  }

  boolean isHauntingForLoad() {
    return isHaunting() && departure.kind() == Departure.Kind.LOADS;
  }

  long silentMillis(long now) {
    return reply.silentMillis(now);
  }

  private List<Effect> depart(Outcome outcome, List<Effect> told, Departure rule) {
    return switch (phase) {
      case SILENT -> sent ? departSilently(outcome, told, rule) : cut(outcome, told);
      case REFUSED -> cut(outcome, told);
      case ANSWERING -> part(told, List.of(reply.end(outcome)), reply.settling());
      case HAUNTING, SETTLING, OVER -> List.of();
    };
  }

  private List<Effect> departSilently(Outcome outcome, List<Effect> told, Departure rule) {
    if (rule.kind() == Departure.Kind.STOPS) {
      List<Effect> haunted = joined(told, List.of(new Effect.Haunt()));
      return part(haunted, List.of(reply.end(outcome)), rule.settling());
    }
    departure = rule;
    phase = Phase.HAUNTING;
    Effect end = new Effect.End(outcome, Counts.NONE, true);
    return joined(told, List.of(end, new Effect.Settle(Departure.HAUNT)));
  }

  /** Closes where nothing runs in Ollama, so the slot is free at once. */
  private List<Effect> cut(Outcome outcome, List<Effect> told) {
    return over(joined(told, List.of(new Effect.Close(), reply.end(outcome))));
  }

  private List<Effect> tooSlow() {
    Failure failure = Failure.of(Failure.Kind.CLIENT_GONE, "The client read too slowly.");
    reply.drop();
    Effect told = new Effect.Break(failure, Outcome.CLIENT_GONE);
    return part(List.of(told), List.of(reply.end(Outcome.CLIENT_GONE)), reply.settling());
  }

  /** Ollama said that it failed, but its connection still stands. */
  private List<Effect> broken(Failure failure) {
    boolean begun = reply.hasBegun();
    List<Effect> now = begun ? reply.restAnd(failure) : List.of();
    Effect end = begun ? reply.end(Verdict.outcome(failure)) : Effect.Lose.because(failure);
    return part(now, List.of(end), reply.settling());
  }

  /** There is no connection any more, and there was no proper end. */
  private List<Effect> gone(Failure failure) {
    return reply.hasBegun()
        ? over(joined(reply.restAnd(failure), List.of(reply.end(Verdict.outcome(failure)))))
        : over(List.of(Effect.Lose.because(failure)));
  }

  private List<Effect> done() {
    return over(joined(reply.rest(), List.of(reply.end(Outcome.COMPLETED))));
  }

  /** Closes a connection on which Ollama may still work; the slot is free a moment later. */
  private List<Effect> part(List<Effect> now, List<Effect> later, Duration settling) {
    phase = Phase.SETTLING;
    last = later;
    return joined(now, List.of(new Effect.Close(), new Effect.Settle(settling)));
  }

  private List<Effect> over(List<Effect> effects) {
    phase = Phase.OVER;
    return joined(effects, List.of(new Effect.Free()));
  }
}
