package com.visiquate.ccproxy.backend.exchange;

import static com.visiquate.ccproxy.backend.exchange.RunEffect.joined;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * From phase to phase: where an exchange stands, and by which steps it is left, whatever is told
 * meanwhile. Owns what is still to be said once Ollama has had its time to notice.
 */
final class Course {
  private Phase phase = Phase.SILENT;
  private Departure departure = Departure.FINISHES;
  private List<RunEffect> last = List.of();

  Phase phase() {
    return phase;
  }

  /** A status has come, the first thing that Ollama says. */
  void answered(boolean well) {
    phase = well ? Phase.ANSWERING : Phase.REFUSED;
  }

  /** Somebody waits for the prompt again; whether there is anything left to wait for. */
  boolean takeOver() {
    phase = phase == Phase.HAUNTING ? Phase.SILENT : phase;
    return phase == Phase.SILENT || phase == Phase.ANSWERING;
  }

  /** Its client leaves before the first byte: it is stopped, or runs on as a ghost. */
  List<RunEffect> leave(RunEffect end, Outcome outcome, List<RunEffect> told, Departure rule) {
    if (rule.kind() == Departure.Kind.STOPS) {
      return part(joined(told, List.of(new RunEffect.Haunt())), List.of(end), rule.settling());
    }
    return haunt(outcome, told, rule);
  }

  /** The client has left, and its prompt goes on. */
  List<RunEffect> haunt(Outcome outcome, List<RunEffect> told, Departure rule) {
    departure = rule;
    phase = Phase.HAUNTING;
    RunEffect end = new RunEffect.End(outcome, Counts.NONE, true);
    return joined(told, List.of(end, new RunEffect.Settle(Departure.HAUNT)));
  }

  boolean isHaunting() {
    return phase == Phase.HAUNTING;
  }

  boolean isHauntingForLoad() {
    return isHaunting() && departure.kind() == Departure.Kind.LOADS;
  }

  /** The model is in memory: a ghost that only waited for that can go. */
  List<RunEffect> resident() {
    return isHauntingForLoad()
        ? part(List.of(), List.of(RunEffect.Exorcise.brokenOff()), departure.settling())
        : List.of();
  }

  /** Closes a connection on which Ollama may still work; the slot is free a moment later. */
  List<RunEffect> part(List<RunEffect> now, List<RunEffect> later, Duration settling) {
    phase = Phase.SETTLING;
    last = later;
    return joined(now, List.of(new RunEffect.Close(), new RunEffect.Settle(settling)));
  }

  /** Ollama has had its time to notice, or a ghost has been there for too long. */
  List<RunEffect> settled() {
    return switch (phase) {
      case SETTLING -> over(last);
      case HAUNTING -> exorcised();
      case SILENT, ANSWERING, REFUSED, OVER -> List.of();
    };
  }

  /** A ghost goes, and nothing runs in Ollama that would have to be waited for. */
  List<RunEffect> exorcised() {
    return over(List.of(new RunEffect.Close(), RunEffect.Exorcise.brokenOff()));
  }

  List<RunEffect> over(List<RunEffect> effects) {
    phase = Phase.OVER;
    return joined(effects, List.of(new RunEffect.Free()));
  }
}
