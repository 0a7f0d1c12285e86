package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.CallKey;
import java.util.Map;
import java.util.Set;

/** What http and the memory say to each other about thinking that clients forget. */
public sealed interface ThoughtMessage extends BusMessage {
  /** This is what the model thought before it made a call. */
  record Keep(CallKey call, String thinking) implements ThoughtMessage {}

  /** What did it think before these? */
  record Recollect(Set<CallKey> calls) implements ThoughtMessage {
    public Recollect {
      calls = Set.copyOf(calls);
    }
  }

  /** The answer to {@link Recollect}: what is remembered, and nothing of the others. */
  record Recollected(Map<CallKey, String> thoughts) implements ThoughtMessage {
    public Recollected {
      thoughts = Map.copyOf(thoughts);
    }
  }
}
