package com.visiquate.ccproxy.http.routes;

import com.visiquate.ccproxy.bus.RecordsMessage.RecordsStatus;
import com.visiquate.ccproxy.dialect.ByteSink;
import java.time.Instant;
import java.util.Optional;

/** What {@code /health} says of records: nothing of them is ever a reason to refuse a request. */
final class RecordsHealth {
  private RecordsHealth() {}

  /** What an operator should look at; empty when all is well. */
  static Optional<String> reason(RecordsStatus status) {
    if (status.lost() > 0) {
      return Optional.of("%d records could not be kept".formatted(status.lost()));
    }
    Instant away = status.awaySince();
    return away == null
        ? Optional.empty()
        : Optional.of("records wait for their database since " + away);
  }

  static void tell(RecordsStatus status, ByteSink out) {
    Instant away = status.awaySince();
    out.raw(",\"records\":{\"database\":").json(away == null ? "connected" : "away");
    if (away != null) {
      out.raw(",\"away_since\":").json(away.toString());
    }
    out.raw(",\"spooled_bytes\":").number(status.journalBytes());
    out.raw(",\"dropped_details\":").number(status.droppedDetails());
    out.raw(",\"lost\":").number(status.lost());
    // Not the last error: it may name an address, and anybody may read this.
    out.raw("}");
  }
}
