package com.visiquate.ccproxy.memory;

import com.visiquate.ccproxy.bus.ThoughtMessage.Keep;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollect;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollected;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.config.MemorySettings;
import java.util.HashMap;
import java.util.Map;

/**
 * What models thought before they called tools. Most clients never send it back, and without it the
 * prompt differs from what the model has cached, from its last answer on. It belongs to one thread.
 */
final class Thoughts {
  private static final int MOST = 10_000;

  /** Of what answers may hold. */
  private static final int SHARE = 4;

  private static final int OVERHEAD = 200;

  private final Bounded<CallKey, String> byCall;

  /** Bounded by the settings for answers; who wants none remembered has no thoughts either. */
  Thoughts(MemorySettings settings) {
    int most = settings.responses() == 0 ? 0 : MOST;
    byCall = new Bounded<>(most, settings.bytes() / SHARE, text -> text.length() + OVERHEAD);
  }

  void keep(Keep thought) {
    byCall.put(thought.call(), thought.thinking());
  }

  Recollected recollect(Recollect question) {
    Map<CallKey, String> found = new HashMap<>();
    for (CallKey call : question.calls()) {
      byCall.find(call).ifPresent(text -> found.put(call, text));
    }
    return new Recollected(found);
  }
}
