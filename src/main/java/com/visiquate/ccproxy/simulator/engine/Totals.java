package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Generation;
import com.visiquate.ccproxy.simulator.model.Profile;
import com.visiquate.ccproxy.simulator.speech.Utterance;

/** The numbers of an answer's last line; durations in nanoseconds. */
public record Totals(
    String reason,
    long total,
    long load,
    int promptTokens,
    long promptTime,
    int answerTokens,
    long answerTime) {

  private static final long MICROSECOND = 1_000;

  /** Nothing was asked. */
  static final Totals NONE = new Totals("load", 0, 0, 0, 0, 0, 0);

  /**
   * Prompt time is computed tokens by rate, as if the machine had been free; without a pace, the
   * durations are those that the model's own rates would give.
   */
  static Totals of(Run run, Utterance.End end, Profile profile, long now) {
    Profile.Pace pace = profile.pace();
    double scale = pace.takesNoTime() ? 1 : pace.scale();
    int prompt = run.prompt().length;
    int computed = prompt - run.cached();
    long promptTime =
        Math.max(nanos(computed, run.model().promptRate() * scale), shared(run, profile));
    long spoken = nanos(end.tokens() - 1, run.model().decodeRate() * scale);
    long answerTime = Math.max(spoken, now - run.firstToken());
    long load = Math.max(1_000_000, run.loaded() - run.started());
    long total = Math.max(now - run.started(), load + promptTime + answerTime);
    int reported = run.speech().promptTokens().orElse(prompt);
    Totals exact =
        new Totals(end.reason(), total, load, reported, promptTime, end.tokens(), answerTime);
    return profile.generation() == Generation.NEWER ? exact.inMicroseconds() : exact;
  }

  /** The newer line counts what it has computed for others meanwhile. */
  private static long shared(Run run, Profile profile) {
    return profile.generation() == Generation.NEWER ? run.firstToken() - run.seatedAt() : 0;
  }

  /** As llama-server counts: an answer takes one at least. */
  private Totals inMicroseconds() {
    long spoken = Math.max(MICROSECOND, answerTime - answerTime % MICROSECOND);
    long read = promptTime - promptTime % MICROSECOND;
    return new Totals(reason, total, load, promptTokens, read, answerTokens, spoken);
  }

  private static long nanos(int tokens, double rate) {
    return (long) (Math.max(0, tokens) * 1e9 / rate);
  }
}
