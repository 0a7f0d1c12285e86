package com.visiquate.ccproxy.fleet;

/**
 * What an Ollama does when a client leaves during the prompt phase. Ollama 0.24 computes the prompt
 * to its end and keeps the slot; newer lines stop at the end of the batch that they compute.
 */
public enum GhostRule {
  /** By the version that the backend reports. */
  AUTO,
  /** The slot stays taken until the prompt has been computed. */
  FINISHES,
  /** The slot is free when the batch that runs is done. */
  STOPS
}
