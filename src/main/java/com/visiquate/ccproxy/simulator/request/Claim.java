package com.visiquate.ccproxy.simulator.request;

import com.visiquate.ccproxy.simulator.model.SimulatedModel;
import java.time.Duration;
import java.util.Optional;

/** What a request needs loaded: a model, with these load options, kept for so long. */
public final class Claim {
  private final SimulatedModel model;
  private final Ask.LoadOptions options;
  private final int contextLength;
  private final Optional<Duration> keepAlive;

  public Claim(
      SimulatedModel model,
      Ask.LoadOptions options,
      int contextLength,
      Optional<Duration> keepAlive) {
    this.model = model;
    this.options = options;
    this.contextLength = contextLength;
    this.keepAlive = keepAlive;
  }

  public SimulatedModel model() {
    return model;
  }

  public Ask.LoadOptions options() {
    return options;
  }

  public int contextLength() {
    return contextLength;
  }

  public Optional<Duration> keepAlive() {
    return keepAlive;
  }
}
