package com.visiquate.ccproxy.routing.replay;

import com.visiquate.ccproxy.routing.request.RoutingEffect;

/** One request in a slot of a played machine, and the work that is left of it, in seconds. */
final class Job {
  private final Ask ask;
  private final RoutingEffect.Start start;
  private final Work work;
  private double load;
  private double prompt;
  private double output;
  private Phase phase = Phase.LOADING;

  /** What it is at. */
  enum Phase {
    LOADING,
    PROMPT,
    ANSWER,
    DONE
  }

  /**
   * What it takes, alone.
   *
   * @param cachedTokens of its prompt
   */
  record Work(double load, double prompt, double output, int cachedTokens) {}

  Job(Ask ask, RoutingEffect.Start start, Work work) {
    this.ask = ask;
    this.start = start;
    this.work = work;
    this.load = work.load();
    this.prompt = work.prompt();
    this.output = work.output();
  }

  Ask ask() {
    return ask;
  }

  RoutingEffect.Start start() {
    return start;
  }

  Work work() {
    return work;
  }

  Phase phase() {
    return phase;
  }

  /** Seconds until it reaches its next phase, at this pace of answers. */
  double left(double pace) {
    return switch (phase) {
      case LOADING -> load;
      case PROMPT -> prompt;
      case ANSWER -> output / pace;
      case DONE -> Double.POSITIVE_INFINITY;
    };
  }

  void work(double seconds, double pace) {
    switch (phase) {
      case LOADING -> load = Math.max(0, load - seconds);
      case PROMPT -> prompt = Math.max(0, prompt - seconds);
      case ANSWER -> output = Math.max(0, output - seconds * pace);
      case DONE -> {}
    }
  }

  void reachNext() {
    phase =
        switch (phase) {
          case LOADING -> Phase.PROMPT;
          case PROMPT -> Phase.ANSWER;
          case ANSWER, DONE -> Phase.DONE;
        };
  }
}
