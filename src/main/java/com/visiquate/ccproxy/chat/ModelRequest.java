package com.visiquate.ccproxy.chat;

import org.jspecify.annotations.Nullable;

/** One piece of work that a client asks of a model, in no family's wire format. */
public sealed interface ModelRequest permits ChatRequest, GenerateRequest, EmbedRequest {
  /** The name that the client used: an alias or a model. */
  String model();

  /** Most tokens that may be generated; 0 where none ever are, null where there is no limit. */
  @Nullable Integer mostTokens();
}
