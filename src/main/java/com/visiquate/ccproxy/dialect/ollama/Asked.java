package com.visiquate.ccproxy.dialect.ollama;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.dialect.Decoded;

/** What a client of Ollama asks for. */
public sealed interface Asked {
  /** An answer. */
  record Work(Decoded.Understood understood) implements Asked {}

  /** Nothing but that a model be loaded or unloaded. */
  record Residence(String model) implements Asked {}

  record Wrong(Failure failure) implements Asked {}
}
