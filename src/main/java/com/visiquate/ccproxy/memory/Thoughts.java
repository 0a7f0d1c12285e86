package com.visiquate.ccproxy.memory;

import com.visiquate.ccproxy.bus.ThoughtMessage.Keep;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollect;
import com.visiquate.ccproxy.bus.ThoughtMessage.Recollected;
import com.visiquate.ccproxy.chat.CallKey;
import com.visiquate.ccproxy.config.MemorySettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What models thought before they called tools. Most clients never send it back, and without it the
 * prompt differs from what the model has cached, from its last answer on. It belongs to one thread.
 */
final class Thoughts {
  private static final int MOST = 10_000;

  /** Of what answers may hold. */
  private static final int SHARE = 4;

  private static final int OVERHEAD = 200;

  /** A thought may be on its way; who never thinks comes with the same calls at every turn. */
  private static final int TRIES = 3;

  /** Of other nodes, for one request; the next one asks for the rest. */
  private static final int MOST_ASKED = 256;

  private final Bounded<CallKey, String> byCall;

  /** How often no other node has known what was thought before a call. */
  private final Bounded<CallKey, Integer> thoughtless;

  /** Bounded by the settings for answers; who wants none remembered has no thoughts either. */
  Thoughts(MemorySettings settings) {
    int most = settings.responses() == 0 ? 0 : MOST;
    byCall = new Bounded<>(most, settings.bytes() / SHARE, text -> text.length() + OVERHEAD);
    thoughtless = new Bounded<>(most, most, known -> 1);
  }

  void keep(Keep thought) {
    keep(thought.call(), thought.thinking());
  }

  private void keep(CallKey call, String thinking) {
    byCall.put(call, thinking);
    thoughtless.remove(call);
  }

  Recollected recollect(Recollect question) {
    Map<CallKey, String> found = new HashMap<>();
    for (CallKey call : question.calls()) {
      byCall.find(call).ifPresent(text -> found.put(call, text));
    }
    return new Recollected(found);
  }

  /** Those of the question that other nodes may know. */
  Set<CallKey> unknown(Recollect question) {
    return question.calls().stream()
        .filter(call -> byCall.find(call).isEmpty() && tries(call) < TRIES)
        .limit(MOST_ASKED)
        .collect(Collectors.toSet());
  }

  private int tries(CallKey call) {
    return thoughtless.find(call).orElse(0);
  }

  /** What all nodes know of these. */
  void learn(Set<CallKey> asked, Recollected found) {
    for (CallKey call : asked) {
      String thinking = found.thoughts().get(call);
      if (thinking == null) {
        thoughtless.put(call, tries(call) + 1);
      } else {
        keep(call, thinking);
      }
    }
  }
}
