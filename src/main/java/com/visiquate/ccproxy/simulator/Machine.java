package com.visiquate.ccproxy.simulator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The one processor of a server: prompts one after the other, and while one runs no answer moves;
 * otherwise running answers share the decode rate. Works in elapsed nanoseconds, so late calls lose
 * nothing.
 */
final class Machine {
  private final Profile.Pace pace;
  private final Deque<Run> prompts = new ArrayDeque<>();
  private final List<Run> answers = new ArrayList<>();

  Machine(Profile.Pace pace) {
    this.pace = pace;
  }

  void read(Run run) {
    prompts.add(run);
  }

  void drop(Run run) {
    if (!prompts.remove(run)) {
      answers.remove(run);
    }
  }

  boolean idle() {
    return prompts.isEmpty() && answers.isEmpty();
  }

  /** The answers that may speak now; a copy, since speaking may end them. */
  List<Run> answers() {
    return List.copyOf(answers);
  }

  /** Moves all work on; a run whose prompt is done becomes an answer with one token earned. */
  void advance(double nanos) {
    double left = nanos;
    while (!prompts.isEmpty() && prompts.peek().promptLeft() <= left) {
      Run done = prompts.remove();
      left -= done.promptLeft();
      done.promptDone();
      answers.add(done);
    }
    if (prompts.isEmpty()) {
      decode(left);
    } else {
      prompts.peek().readFor(left);
    }
  }

  private void decode(double nanos) {
    int running = answers.size();
    for (int i = 0; i < running; i++) {
      Run run = answers.get(i);
      run.earn(
          pace.takesNoTime()
              ? Double.MAX_VALUE
              : nanos / 1e9 * pace.decodeRate(run.model(), running) / run.slowness());
    }
  }
}
