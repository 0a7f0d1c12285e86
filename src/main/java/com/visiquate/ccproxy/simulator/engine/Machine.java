package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Profile;
import java.util.List;

/**
 * The one processor of a server. Works in elapsed nanoseconds, so late calls lose nothing; nothing
 * moves between calls.
 */
interface Machine {
  /** As the profile's line works. */
  static Machine of(Profile profile) {
    return switch (profile.generation()) {
      case OLDER -> new SerialMachine(profile.pace());
      case NEWER -> new BatchMachine(profile);
    };
  }

  /** A run has its slot and its prompt is to be computed. */
  void read(Run run);

  /**
   * The client of a prompt has left, which may be noticed after so many nanoseconds. The run comes
   * back as one of the answers when nothing of it is computed any more.
   */
  void abandon(Run run, double unnoticed);

  void drop(Run run);

  boolean idle();

  /** The answers that may speak now; a copy, since speaking may end them. */
  List<Run> answers();

  /** Moves all work on; a run whose prompt is done becomes an answer with one token earned. */
  void advance(double nanos);
}
