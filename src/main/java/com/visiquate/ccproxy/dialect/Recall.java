package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import org.jspecify.annotations.Nullable;

/** Finds what an earlier response held; must answer at once, from what was fetched before. */
@FunctionalInterface
public interface Recall {
  /** Remembers nothing, so that whoever continues a response is told so. */
  Recall NOTHING = id -> null;

  /** The response of this id; null when nobody remembers it. */
  @Nullable StoredResponse recall(ResponseId response);
}
