package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Profile;
import java.util.ArrayList;
import java.util.List;

/** The running answers of a server, which share its decode rate. */
final class Decoder {
  private final Profile.Pace pace;
  private final List<Run> answers = new ArrayList<>();

  Decoder(Profile.Pace pace) {
    this.pace = pace;
  }

  void add(Run run) {
    answers.add(run);
  }

  void remove(Run run) {
    answers.remove(run);
  }

  /** A copy, since speaking may end them. */
  List<Run> answers() {
    return List.copyOf(answers);
  }

  /** Lets all of them speak for so long. */
  void decode(double nanos) {
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
