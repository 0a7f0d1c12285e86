package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Profile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The older line: prompts one after the other, and while one runs no answer moves; otherwise
 * running answers share the decode rate. An abandoned prompt is computed to its end.
 */
final class SerialMachine implements Machine {
  private final Deque<Run> prompts = new ArrayDeque<>();
  private final Decoder decoder;

  SerialMachine(Profile.Pace pace) {
    decoder = new Decoder(pace);
  }

  @Override
  public void read(Run run) {
    prompts.add(run);
  }

  @Override
  public void abandon(Run run, double unnoticed) {
    run.abandon();
  }

  @Override
  public void drop(Run run) {
    if (!prompts.remove(run)) {
      decoder.remove(run);
    }
  }

  @Override
  public boolean idle() {
    return prompts.isEmpty() && decoder.answers().isEmpty();
  }

  @Override
  public List<Run> answers() {
    return decoder.answers();
  }

  @Override
  public void advance(double nanos) {
    double left = nanos;
    while (!prompts.isEmpty() && prompts.peek().promptLeft() <= left) {
      Run done = prompts.remove();
      left -= done.promptLeft();
      done.read(done.unread());
      done.promptDone();
      decoder.add(done);
    }
    if (prompts.isEmpty()) {
      decoder.decode(left);
    } else {
      prompts.peek().readFor(left);
    }
  }
}
