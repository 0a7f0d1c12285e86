package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.model.Profile;

/** llama-server looks now and then whether its client is still there, while it computes. */
final class ClientPoll {
  private static final double POLL_NANOS = 1e9;

  private final long interval;

  ClientPoll(Profile profile) {
    interval = Math.max(1, (long) (POLL_NANOS / profile.pace().scale()));
  }

  /** How long it takes until somebody looks for the client of a run again. */
  double unnoticed(Run run, long now) {
    return (interval - (now - run.seatedAt()) % interval) % interval;
  }
}
