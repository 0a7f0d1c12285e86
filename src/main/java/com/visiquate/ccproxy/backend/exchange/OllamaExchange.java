package com.visiquate.ccproxy.backend.exchange;

import static com.visiquate.ccproxy.backend.exchange.RunEffect.joined;

import com.visiquate.ccproxy.bus.BusMessage;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.ollama.ReplyReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One exchange with Ollama, as a state machine: what happens goes in, what has to be done comes
 * out. It ends exactly once, with {@link RunEffect.Free}; after that nothing comes out any more.
 */
public final class OllamaExchange {
  private final OllamaReply reply;
  private final OllamaRefusal refusal;
  private final Course course = new Course();
  private boolean sent;

  public OllamaExchange(ModelSpec model, ReplyReader reader, boolean whole) {
    refusal = new OllamaRefusal(model);
    reply = new OllamaReply(reader, whole);
  }

  /** Ollama has the request; until then nothing is lost by leaving. */
  void sent() {
    sent = true;
  }

  /** The model cannot do what is asked, so Ollama never heard of it. */
  List<RunEffect> unfit(Failure failure) {
    return course.phase() == Phase.SILENT
        ? course.over(List.of(RunEffect.Lose.because(failure)))
        : List.of();
  }

  List<RunEffect> answered(int code, long now) {
    reply.begin(now);
    return switch (course.phase()) {
      case SILENT -> {
        refusal.status(code);
        course.answered(code == 200);
        yield code < 500 ? List.of(new RunEffect.Well()) : List.of();
      }
      case HAUNTING ->
          code == 200
              ? course.part(List.of(), List.of(new RunEffect.Exorcise()), reply.settling())
              : course.exorcised();
      default -> List.of();
    };
  }

  /** Bytes of the body; what they say is sent by {@link #flush}. */
  List<RunEffect> read(byte[] bytes, long now) {
    if (course.phase() == Phase.REFUSED) {
      refusal.read(bytes);
    }
    return course.phase() == Phase.ANSWERING ? hear(bytes, now) : List.of();
  }

  private List<RunEffect> hear(byte[] bytes, long now) {
    reply.read(bytes, now);
    Failure failure = reply.failure();
    List<RunEffect> stuck = failure == null && reply.isStuck() ? tooSlow() : List.of();
    return failure == null ? stuck : broken(failure);
  }

  List<RunEffect> flush() {
    return course.phase() == Phase.ANSWERING ? reply.next() : List.of();
  }

  List<RunEffect> credit(int messages) {
    reply.grant(messages);
    return flush();
  }

  /** The response has ended as HTTP wants it; only now is the slot free. */
  List<RunEffect> ended() {
    return switch (course.phase()) {
      case ANSWERING -> ended(reply.failureAtEnd());
      case REFUSED -> refusal.isCutCall() ? cutCall() : refused();
      case SILENT, HAUNTING, SETTLING, OVER -> List.of();
    };
  }

  private List<RunEffect> ended(@Nullable Failure failure) {
    return failure == null ? done() : gone(failure);
  }

  private List<RunEffect> refused() {
    return course.over(
        joined(refusal.verdict(), List.of(RunEffect.Lose.because(refusal.failure()))));
  }

  /** The token limit came inside a tool call, for which there is an error instead of an end. */
  private List<RunEffect> cutCall() {
    reply.cut();
    return joined(List.of(new RunEffect.Well()), done());
  }

  /** The connection could not be made, or broke. */
  List<RunEffect> failed(Failure failure, String why) {
    RunEffect unwell = new RunEffect.Unwell(why);
    return switch (course.phase()) {
      case SILENT -> course.over(List.of(unwell, RunEffect.Lose.because(failure)));
      case ANSWERING -> reply.isFinished() ? done() : joined(List.of(unwell), gone(failure));
      case REFUSED -> refused();
      case HAUNTING -> course.over(List.of(unwell, RunEffect.Exorcise.brokenOff()));
      case SETTLING, OVER -> List.of();
    };
  }

  /** The client does not want its answer any more, and knows it. */
  List<RunEffect> leave(BusMessage.Why why, Departure rule) {
    return depart(Verdict.outcome(why), List.of(), rule);
  }

  /** The same request is here again: it gets everything from the first word on, if it still can. */
  boolean takeOver(boolean whole) {
    boolean takenOver = course.takeOver();
    if (takenOver) {
      reply.again(whole);
    }
    return takenOver;
  }

  /** A limit has passed; the client is told. */
  List<RunEffect> late(Limit limit, Departure rule) {
    return limit.concerns(course.phase())
        ? depart(Outcome.TIMEOUT, tell(limit.failure()), rule)
        : List.of();
  }

  /** Tells the client what is left, then why there is no more. */
  List<RunEffect> tell(Failure failure) {
    return reply.restAnd(failure);
  }

  /** Whether there is something to wait for: it runs in Ollama, and its end is not known yet. */
  boolean goesOn() {
    return (course.phase() == Phase.SILENT && sent)
        || (course.phase() == Phase.ANSWERING && !reply.isFinished());
  }

  boolean hasSpoken() {
    return reply.hasBegun();
  }

  /** The model is in memory: a ghost that only waited for that can go. */
  List<RunEffect> resident() {
    return course.resident();
  }

  /** Ollama has had its time to notice, or a ghost has been there for too long. */
  List<RunEffect> settled() {
    return course.settled();
  }

  /** ccproxy ends now. */
  List<RunEffect> shutDown(Failure failure) {
    if (!course.phase().isWanted()) {
      return settled();
    }
    return course.over(
        joined(
            reply.restAnd(failure), List.of(new RunEffect.Close(), reply.end(Outcome.SHUTDOWN))));
  }

  /** A bug of ours: another backend would meet it as well. */
  List<RunEffect> crashed(Failure bug) {
    if (!course.phase().isWanted()) {
      return settled();
    }
    List<RunEffect> told =
        reply.hasBegun()
            ? joined(reply.restAnd(bug), List.of(reply.end(Verdict.outcome(bug))))
            : List.of(new RunEffect.Lose(bug, false));
    return course.over(joined(List.of(new RunEffect.Close()), told));
  }

  int pieces() {
    return reply.pieces();
  }

  boolean isHaunting() {
    return course.isHaunting();
  }

  boolean isHauntingForLoad() {
    return course.isHauntingForLoad();
  }

  long silentMillis(long now) {
    return reply.silentMillis(now);
  }

  private List<RunEffect> depart(Outcome outcome, List<RunEffect> told, Departure rule) {
    return switch (course.phase()) {
      case SILENT ->
          sent ? course.leave(reply.end(outcome), outcome, told, rule) : cut(outcome, told);
      case REFUSED -> cut(outcome, told);
      case ANSWERING -> course.part(told, List.of(reply.end(outcome)), reply.settling());
      case HAUNTING, SETTLING, OVER -> List.of();
    };
  }

  /** Closes where nothing runs in Ollama, so the slot is free at once. */
  private List<RunEffect> cut(Outcome outcome, List<RunEffect> told) {
    return course.over(joined(told, List.of(new RunEffect.Close(), reply.end(outcome))));
  }

  private List<RunEffect> tooSlow() {
    Failure failure = Failure.of(Failure.Kind.CLIENT_GONE, "The client read too slowly.");
    reply.drop();
    RunEffect told = new RunEffect.Break(failure, Outcome.CLIENT_GONE);
    return course.part(List.of(told), List.of(reply.end(Outcome.CLIENT_GONE)), reply.settling());
  }

  /** Ollama said that it failed, but its connection still stands. */
  private List<RunEffect> broken(Failure failure) {
    boolean begun = reply.hasBegun();
    List<RunEffect> now = begun ? reply.restAnd(failure) : List.of();
    RunEffect end = begun ? reply.end(Verdict.outcome(failure)) : RunEffect.Lose.because(failure);
    return course.part(now, List.of(end), reply.settling());
  }

  /** There is no connection any more, and there was no proper end. */
  private List<RunEffect> gone(Failure failure) {
    return reply.hasBegun()
        ? course.over(joined(reply.restAnd(failure), List.of(reply.end(Verdict.outcome(failure)))))
        : course.over(List.of(RunEffect.Lose.because(failure)));
  }

  private List<RunEffect> done() {
    return course.over(joined(reply.rest(), List.of(reply.end(Outcome.COMPLETED))));
  }
}
