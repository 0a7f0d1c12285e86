package com.visiquate.ccproxy.simulator.model;

/** The two lines of Ollama that are in the field; they differ in what a departed client costs. */
public enum Generation {
  /** Ollama's own runner: an abandoned prompt is finished and keeps its slot. */
  OLDER("0.24.0", 1),
  /**
   * llama-server underneath: an abandoned prompt stops at the end of its batch, replaced prompts
   * are kept in host RAM.
   */
  NEWER("0.33.0", 256);

  private final String version;
  private final int step;

  Generation(String version, int step) {
    this.version = version;
    this.step = step;
  }

  public String version() {
    return version;
  }

  /** The window that a model really has when so many tokens were asked for. */
  public int window(int asked) {
    return Math.ceilDiv(asked, step) * step;
  }

  /** How many tokens of prompts are computed at one go by a model with this window. */
  public int batch(int window) {
    return window <= 4_096 ? 512 : window <= 32_768 ? 1_024 : 2_048;
  }

  /** The way that this line takes with a model. */
  public Way way(SimulatedModel model) {
    return this == OLDER && model.way() == Way.NATIVE ? Way.RENDERED : model.way();
  }
}
