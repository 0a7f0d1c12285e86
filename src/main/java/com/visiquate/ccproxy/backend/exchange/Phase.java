package com.visiquate.ccproxy.backend.exchange;

/** Where an exchange with Ollama stands. */
public enum Phase {
  /** Not a byte has come. */
  SILENT,
  ANSWERING,
  /** A status that is not 200 has come, its body is coming. */
  REFUSED,
  /** The client has left and been reported; the prompt goes on. */
  HAUNTING,
  /** The connection was closed; Ollama is about to notice. */
  SETTLING,
  OVER;

  /** Whether somebody still waits for the answer. */
  boolean isWanted() {
    return this == SILENT || this == ANSWERING || this == REFUSED;
  }
}
