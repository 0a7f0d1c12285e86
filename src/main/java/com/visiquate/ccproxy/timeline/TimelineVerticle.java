package com.visiquate.ccproxy.timeline;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.ScheduleSteps;
import com.visiquate.ccproxy.config.TimelineSettings;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.time.InstantSource;
import java.util.List;

/**
 * Hears the steps of all requests and answers for the past. Deploy it as a worker: a question about
 * a whole day looks at a quarter of a million rows.
 */
public final class TimelineVerticle extends VerticleBase {
  private final Timeline timeline;
  private final InstantSource clock;
  private List<Bus.Subscription> subscriptions = List.of();

  public TimelineVerticle(TimelineSettings settings, InstantSource clock) {
    this.timeline = new Timeline(settings.longest(), settings.bytes());
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    Bus bus = Bus.of(vertx);
    subscriptions =
        List.of(
            bus.listen(Address.SCHEDULE_STEPS, this::hear),
            bus.answer(Address.TIMELINE_STRETCHES, query -> timeline.find(query, clock.instant())),
            bus.answer(Address.TIMELINE_DECISION, query -> timeline.decision(query.exchange())),
            bus.answer(Address.TIMELINE_RUNS, timeline::runs));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }

  private void hear(ScheduleSteps heard) {
    heard.steps().forEach(timeline::happened);
  }
}
