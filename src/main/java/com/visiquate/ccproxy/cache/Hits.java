package com.visiquate.ccproxy.cache;

import com.visiquate.ccproxy.bus.BusMessage.Admitted;
import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;
import java.util.List;

/** How an answer from the cache is told: as that of a backend which nothing runs on. */
final class Hits {
  private Hits() {}

  static Admitted admitted(ModelName model) {
    return new Admitted(model, 0, Duration.ZERO);
  }

  /** All of the prompt was cached. */
  static List<ChatEvent> events(List<ChatEvent> stored) {
    return stored.stream().map(Hits::told).toList();
  }

  private static ChatEvent told(ChatEvent event) {
    return event instanceof ChatEvent.Finished(var reason, var counts)
        ? new ChatEvent.Finished(reason, counts.withCached(counts.promptTokens()))
        : event;
  }
}
