package com.visiquate.ccproxy.simulator.model;

/** Who turns messages into a prompt and tokens into tool calls; it shows on the wire. */
public enum Way {
  /** Ollama itself, by a Go template. */
  RENDERED,
  /** Ollama itself, by a renderer and a parser that are built in. */
  PARSED,
  /** llama-server, by the template in the model's file; on the older line, Ollama. */
  NATIVE
}
