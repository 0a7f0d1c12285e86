package com.visiquate.ccproxy.http;

import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Placement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What becomes known of one exchange while it runs; owns it until the exchange reports it. */
final class Findings {
  private final Ticket ticket;
  private boolean admitted;
  private @Nullable ModelName model;
  private @Nullable Placement placement;
  private @Nullable Instant firstToken;
  private Counts counts = Counts.NONE;

  Findings(Ticket ticket) {
    this.ticket = ticket;
  }

  /** It waits or runs. */
  void admitted() {
    admitted = true;
  }

  void admitted(ModelName asked) {
    admitted();
    model = asked;
  }

  boolean isAdmitted() {
    return admitted;
  }

  /** Where it runs, or its last part; null adds nothing. */
  void placed(@Nullable Placement where) {
    placement = where == null ? placement : where;
  }

  /** The model has said something. */
  void spoke(Instant now) {
    firstToken = firstToken == null ? now : firstToken;
  }

  /** It, or one of its parts, has ended and cost this. */
  void cost(Counts more) {
    counts = counts.plus(more);
  }

  Head head() {
    return new Head(ticket.exchange(), model, placement);
  }

  Report report(Outcome outcome, int status, @Nullable Failure failure, Instant now) {
    Instant first = firstToken;
    Duration untilFirst = first == null ? null : Duration.between(ticket.arrived(), first);
    return new Report(outcome, status, placement, untilFirst, counts, failure, now);
  }
}
