package com.visiquate.ccproxy.alerts.rules;

import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.ExchangeEnded;
import com.visiquate.ccproxy.bus.ExchangeEnded.Asked;
import com.visiquate.ccproxy.bus.ExchangeEnded.Contents;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rules are told, as short as it can be said. */
final class Facts {
  static final String MODEL = "m";
  private static final Counts SHORT = new Counts(100, 0, 20, 0, 1, 1);
  private static final BackendId BACKEND = new BackendId("b0");

  private Facts() {}

  static StatusChanged status(Health health) {
    return new StatusChanged(
        new BackendStatus(
            BACKEND, health, "", 1, 0, 0, 0, List.of(), List.of(), "connection refused"));
  }

  /** A short answer that took so long. */
  static ExchangeEnded took(Duration total) {
    return ended("x", Duration.ZERO, total, SHORT, null);
  }

  /** A long answer that took so long. */
  static ExchangeEnded tookLong(Duration total) {
    return ended("x", Duration.ZERO, total, new Counts(20_000, 0, 900, 0, 1, 1), null);
  }

  static ExchangeEnded waited(Duration queued) {
    return ended("x", queued, queued, SHORT, null);
  }

  static ExchangeEnded failed(Failure.Kind kind) {
    return ended("x", Duration.ZERO, Duration.ofMillis(1), Counts.NONE, Failure.of(kind, "no"));
  }

  static ExchangeEnded ended(
      String id, Duration queued, Duration total, Counts counts, @Nullable Failure failure) {
    return new ExchangeEnded(
        new ExchangeId(id),
        Asked.plainly("/chat", "a", new ClientId("agent-1"), true, Instant.EPOCH),
        new Placement(BACKEND, new ModelName(MODEL), 1, queued),
        failure == null ? Outcome.COMPLETED : Outcome.REFUSED,
        200,
        null,
        total,
        counts,
        Contents.NONE,
        null,
        failure);
  }
}
