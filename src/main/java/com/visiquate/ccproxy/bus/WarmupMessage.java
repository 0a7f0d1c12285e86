package com.visiquate.ccproxy.bus;

import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.time.Duration;

/** What the warm-up and a backend say to each other. */
public sealed interface WarmupMessage extends BusMessage {
  record Warm(ModelSpec model) implements WarmupMessage {}

  sealed interface WarmReply extends WarmupMessage {}

  record Warmed(Duration took) implements WarmReply {}

  record NotWarmed(Failure failure) implements WarmReply {}
}
