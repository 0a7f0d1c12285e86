package com.visiquate.ccproxy.dialect;

import com.visiquate.ccproxy.chat.StoredResponse;
import java.util.Optional;

/** An answer that can be continued later by its id. */
public interface StorableAnswer extends Answer {
  /**
   * What to remember of it; nothing before its proper end, nor when the client wants none of it.
   */
  Optional<StoredResponse> stored();
}
