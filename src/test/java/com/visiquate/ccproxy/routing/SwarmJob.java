package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.routing.request.RoutingEffect;

/** One request in a slot of a simulated Ollama, and the work that is left of it. */
final class SwarmJob {
  final SwarmAgent agent;
  final RoutingEffect.Start start;
  final SwarmPrompt prompt;
  final SwarmCache.Slot slot;
  final int cached;
  final double promptSeconds;
  final double slowness;
  private double load;
  private double promptLeft;
  private double tokensLeft;
  private Phase phase = Phase.LOADING;

  /** What it is at. */
  public enum Phase {
    LOADING,
    PROMPT,
    ANSWER,
    DONE
  }

  SwarmJob(
      SwarmAgent agent,
      RoutingEffect.Start start,
      SwarmCache.Slot slot,
      int cached,
      double load,
      double promptRate,
      double slowness) {
    this.agent = agent;
    this.start = start;
    this.prompt = agent.prompt();
    this.slot = slot;
    this.cached = cached;
    this.load = load;
    // The last token is always computed, and every prompt costs a little.
    this.slowness = slowness;
    this.promptSeconds = slowness * (0.05 + Math.max(1, prompt.tokens() - cached) / promptRate);
    this.promptLeft = promptSeconds;
    this.tokensLeft = slowness * agent.answerTokens();
  }

  BackendId backend() {
    return start.placement().backend();
  }

  Phase phase() {
    return phase;
  }

  /** Seconds until it reaches its next phase, when it gets so many tokens a second. */
  double left(double tokensPerSecond) {
    return switch (phase) {
      case LOADING -> load;
      case PROMPT -> promptLeft;
      case ANSWER -> tokensLeft / tokensPerSecond;
      case DONE -> Double.POSITIVE_INFINITY;
    };
  }

  void work(double seconds, double tokensPerSecond) {
    switch (phase) {
      case LOADING -> load = Math.max(0, load - seconds);
      case PROMPT -> promptLeft = Math.max(0, promptLeft - seconds);
      case ANSWER -> tokensLeft = Math.max(0, tokensLeft - seconds * tokensPerSecond);
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
