package com.visiquate.ccproxy.cache.store;

import com.visiquate.ccproxy.chat.ChatEvent;
import com.visiquate.ccproxy.fleet.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * An answer that ended properly.
 *
 * @param events all of it, as they came
 * @param until when it may be used last
 */
public record StoredAnswer(ModelName model, List<ChatEvent> events, Instant at, Instant until) {
  public StoredAnswer {
    events = List.copyOf(events);
  }

  /** How old it is; never negative, also where clocks differ. */
  public Duration age(Instant now) {
    Duration age = Duration.between(at, now);
    return age.isNegative() ? Duration.ZERO : age;
  }

  public Duration left(Instant now) {
    Duration left = Duration.between(now, until);
    return left.isNegative() ? Duration.ZERO : left;
  }
}
