package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.ResponseId;
import com.visiquate.ccproxy.chat.StoredResponse;
import java.util.List;
import java.util.Set;

/** What http and the memory say to each other about responses that may be gone on from. */
public sealed interface MemoryMessage extends BusMessage {
  /** What is known of these responses? */
  record Recall(Set<ResponseId> responses) implements MemoryMessage {
    public Recall {
      responses = Set.copyOf(responses);
    }
  }

  /** The answer to {@link Recall} and {@link Forget}: those that are there, or were. */
  record Recalled(List<StoredResponse> found) implements MemoryMessage {
    public Recalled {
      found = List.copyOf(found);
    }
  }

  /** A client may go on from this response; sent before its client can know that it is complete. */
  record Remember(StoredResponse response) implements MemoryMessage {}

  record Forget(ResponseId response) implements MemoryMessage {}
}
