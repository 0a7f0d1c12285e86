package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ReplayMessage.NotReplayed;
import com.visiquate.ccproxy.bus.ReplayMessage.ReplayQuery;
import com.visiquate.ccproxy.bus.ReplayMessage.ReplayReply;
import com.visiquate.ccproxy.bus.ReplayMessage.Replayed;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsFound;
import com.visiquate.ccproxy.bus.TimelineMessage.RunsQuery;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.routing.replay.WhatIf;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.ReplyException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replays past requests with other settings: one question at a time, on a worker's thread, so that
 * it takes from a request at most what the operating system gives to another thread.
 */
public final class ReplayVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayVerticle.class);

  /** Requests of one replay; the latest, if there are more. */
  private static final int MOST = 20_000;

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final InstantSource clock;
  private final Map<BackendId, BackendStatus> statuses = new HashMap<>();
  private List<Bus.Subscription> subscriptions = List.of();
  private FleetPlan plan;
  private boolean busy;

  public ReplayVerticle(FleetPlan plan, InstantSource clock) {
    this.plan = plan;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    subscriptions =
        List.of(
            bus.listen(Address.FLEET_PLAN, replanned -> plan = replanned.plan()),
            bus.listen(Address.FLEET_STATUS, this::heard),
            bus.answerLater(Address.REPLAY, query -> answer(query, bus)));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }

  private void heard(StatusChanged changed) {
    statuses.put(changed.status().id(), changed.status());
    statuses.keySet().removeIf(id -> plan.backend(id).isEmpty());
  }

  private Future<ReplayReply> answer(ReplayQuery query, Bus bus) {
    if (busy) {
      String message = "Another replay is running; ask again when it is done.";
      return refused(Failure.of(Failure.Kind.RATE_LIMITED, message));
    }
    WhatIf question;
    try {
      question = new WhatIf(plan, statuses, query.with());
    } catch (IllegalArgumentException wrong) {
      return refused(Failure.invalid(String.valueOf(wrong.getMessage()), "with", "invalid_value"));
    }
    busy = true;
    Instant begun = clock.instant();
    long from = begun.minus(query.since()).toEpochMilli();
    return bus.ask(Address.TIMELINE_RUNS, new RunsQuery(from, MOST), PATIENCE)
        .compose(past -> replay(question, past))
        .map(replayed -> timed(replayed, begun))
        .recover(ReplayVerticle::failed)
        .onComplete(done -> busy = false);
  }

  private Future<ReplayReply> replay(WhatIf question, RunsFound past) {
    if (past.runs().isEmpty()) {
      String message = "Nothing was answered in this time; there is nothing to replay.";
      return refused(Failure.invalid(message, "since", "nothing_to_replay"));
    }
    return vertx
        .<ReplayReply>executeBlocking(() -> question.answer(past), false)
        .map(Objects::requireNonNull);
  }

  private ReplayReply timed(ReplayReply reply, Instant begun) {
    return reply instanceof Replayed done
        ? new Replayed(
            done.requests(),
            Duration.between(begun, clock.instant()).toMillis(),
            done.recorded(),
            done.replayed(),
            done.notes())
        : reply;
  }

  private static Future<ReplayReply> failed(Throwable cause) {
    if (cause instanceof ReplyException) {
      String message = "No timeline is kept here; timeline.hours switches it on.";
      return refused(Failure.invalid(message, null, "not_kept"));
    }
    LOG.error("a replay failed by a bug", cause);
    return refused(Failure.bug());
  }

  private static Future<ReplayReply> refused(Failure failure) {
    return Future.succeededFuture(new NotReplayed(failure));
  }
}
