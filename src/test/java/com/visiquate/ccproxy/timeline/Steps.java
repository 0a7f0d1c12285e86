package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Decision.Rule;
import com.visiquate.ccproxy.bus.Decision.Terms;
import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.bus.ExchangeEnded.Operation;
import com.visiquate.ccproxy.bus.ScheduleStep.GhostFaded;
import com.visiquate.ccproxy.bus.ScheduleStep.Placed;
import com.visiquate.ccproxy.bus.ScheduleStep.Queued;
import com.visiquate.ccproxy.bus.ScheduleStep.Shape;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotEnded;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotKept;
import com.visiquate.ccproxy.bus.ScheduleStep.Spoke;
import com.visiquate.ccproxy.bus.ScheduleStep.Subject;
import com.visiquate.ccproxy.bus.ScheduleStep.Withdrawn;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ClientId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Outcome;
import com.visiquate.ccproxy.fleet.Priority;
import java.time.Duration;
import java.time.Instant;

/** Steps of one request after the other, at seconds after a beginning. */
public final class Steps {
  public static final Instant START = Instant.parse("2026-11-30T10:00:00Z");
  static final BackendId GPU = new BackendId("gpu-1");
  static final Counts COUNTS =
      new Counts(1_000, 400, 50, 2_000_000_000L, 3_000_000_000L, 4_000_000_000L);

  private final ExchangeId exchange;
  private final Subject subject;

  private Steps(String exchange, Subject subject) {
    this.exchange = new ExchangeId(exchange);
    this.subject = subject;
  }

  /** Those of a request that is asked for at this second. */
  public static Steps of(String exchange, double born) {
    return of(exchange, born, "agent-1", "talk-1", new Shape(4_000, 0xabcL, 2_000, 11, 0));
  }

  public static Steps of(
      String exchange, double born, String client, String conversation, Shape shape) {
    return new Steps(
        exchange,
        new Subject(
            new ModelName("fast"),
            "gpt-4",
            Operation.CHAT,
            new ClientId(client),
            conversation,
            Priority.NORMAL,
            at(born),
            shape));
  }

  public static Instant at(double seconds) {
    return START.plusMillis(Math.round(1e3 * seconds));
  }

  static long millis(double seconds) {
    return at(seconds).toEpochMilli();
  }

  public Queued queued(double when) {
    return new Queued(exchange, at(when), subject);
  }

  Withdrawn withdrawn(double when) {
    return new Withdrawn(exchange, at(when));
  }

  public Placed placed(double when, int slot) {
    return placed(when, slot, decision());
  }

  Placed placed(double when, int slot, Decision decision) {
    return new Placed(exchange, at(when), subject, GPU, slot, 1, Duration.ZERO, 900, 300, decision);
  }

  /** Against another request for the same slot. */
  public Decision decision() {
    return against("other");
  }

  /** Against this one. */
  public Decision against(String other) {
    return new Decision(
        Rule.LEAST_COST,
        new Weighed(exchange, GPU, terms(1)),
        new Weighed(new ExchangeId(other), new BackendId("gpu-2"), terms(2)));
  }

  static Terms terms(long times) {
    return new Terms(
        0,
        times * 1_250_000_000,
        0,
        times * 4_800_000_000L,
        times * 310_000_000,
        times * 20_000_000,
        times * 3_300_000_000L,
        times * 150_000_000.0,
        times * 70_500_000.0);
  }

  public Spoke spoke(double when) {
    return new Spoke(exchange, at(when), GPU);
  }

  public SlotEnded ended(double when) {
    return ended(when, Outcome.COMPLETED, COUNTS, false);
  }

  SlotEnded ended(double when, Outcome outcome, Counts counts, boolean ghost) {
    return new SlotEnded(exchange, at(when), GPU, outcome, counts, true, ghost);
  }

  GhostFaded faded(double when) {
    return new GhostFaded(exchange, at(when), GPU);
  }

  SlotKept kept(double when, double until) {
    return new SlotKept(exchange, at(when), GPU, at(until));
  }
}
