package com.visiquate.ccproxy.dialect.responses;

import com.visiquate.ccproxy.chat.StoredResponse;
import com.visiquate.ccproxy.dialect.Answer;
import java.util.Optional;

/** An answer that can be continued later by its id. */
public sealed interface StorableAnswer extends Answer permits StreamedResponse, WholeResponse {
  /**
   * What to remember of it; nothing before its proper end, nor when the client wants none of it.
   */
  Optional<StoredResponse> stored();
}
