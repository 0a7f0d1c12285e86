package com.visiquate.ccproxy.simulator;

/** The two lines of Ollama that are in the field; they differ in what a departed client costs. */
public enum Generation {
  /** Ollama's own runner: an abandoned prompt is finished and keeps its slot. */
  OLDER("0.24.0"),
  /** llama-server underneath: an abandoned prompt stops, replaced prompts are kept in host RAM. */
  NEWER("0.33.0");

  private final String version;

  Generation(String version) {
    this.version = version;
  }

  public String version() {
    return version;
  }
}
