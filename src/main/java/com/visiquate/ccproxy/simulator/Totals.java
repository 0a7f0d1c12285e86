package com.visiquate.ccproxy.simulator;

/** The numbers of an answer's last line; durations in nanoseconds. */
record Totals(
    String reason,
    long total,
    long load,
    int promptTokens,
    long promptTime,
    int answerTokens,
    long answerTime) {

  /** Nothing was asked. */
  static final Totals NONE = new Totals("load", 0, 0, 0, 0, 0, 0);

  /**
   * Prompt time is computed tokens by rate, as if the machine had been free; without a pace, the
   * durations are those that the model's own rates would give.
   */
  static Totals of(Run run, Utterance.End end, Profile.Pace pace, long now) {
    double scale = pace.takesNoTime() ? 1 : pace.scale();
    int prompt = run.prompt().length;
    int computed = prompt - run.cached();
    long promptTime = nanos(computed, run.model().promptRate() * scale);
    long spoken = nanos(end.tokens() - 1, run.model().decodeRate() * scale);
    long answerTime = Math.max(spoken, now - run.firstToken());
    long load = Math.max(1_000_000, run.loaded() - run.started());
    long total = Math.max(now - run.started(), load + promptTime + answerTime);
    int reported = run.speech().promptTokens().orElse(prompt);
    return new Totals(end.reason(), total, load, reported, promptTime, end.tokens(), answerTime);
  }

  private static long nanos(int tokens, double rate) {
    return (long) (Math.max(0, tokens) * 1e9 / rate);
  }
}
