package com.visiquate.ccproxy.access;

import com.visiquate.ccproxy.bus.AccessMessage.Barred;
import com.visiquate.ccproxy.bus.AccessMessage.Claims;
import com.visiquate.ccproxy.bus.AccessMessage.Enter;
import com.visiquate.ccproxy.bus.AccessMessage.Entered;
import com.visiquate.ccproxy.bus.AccessMessage.Entry;
import com.visiquate.ccproxy.bus.AccessMessage.Exited;
import com.visiquate.ccproxy.bus.AccessMessage.Heard;
import com.visiquate.ccproxy.bus.AccessMessage.Hearing;
import com.visiquate.ccproxy.bus.AccessMessage.Verdict;
import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Gathered;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.chat.Failure;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands for the turnstile of all on a node that acts with others: whoever wants to begin here may
 * do so when that one lets it. Owns the one book, which only its own context touches.
 */
public final class BookVerticle extends VerticleBase {
  private static final long TICK_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final FleetPlan plan;
  private final InstantSource clock;
  private final Book book = new Book();
  private final Map<ExchangeId, Promise<Entry>> asking = new HashMap<>();
  private List<Bus.Subscription> subscriptions = List.of();
  private @Nullable Bus bus;

  /**
   * Knows no leader yet.
   *
   * @param clock a steady one
   */
  public BookVerticle(FleetPlan plan, InstantSource clock) {
    this.plan = plan;
    this.clock = clock;
  }

  @Override
  public Future<?> start() {
    Bus house = Bus.of(vertx);
    bus = house;
    book.follow(plan.keys());
    subscriptions =
        List.of(
            house.listen(Address.FLEET_PLAN, replanned -> book.follow(replanned.plan().keys())),
            house.listen(Address.CLUSTER_MEMBERS, this::gathered),
            house.answerLater(Address.ACCESS_ENTER, this::enter),
            house.listen(Address.ACCESS_EXITED, this::exited));
    vertx.setPeriodic(TICK_MILLIS, tick -> tell());
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }

  private void gathered(Gathered gathered) {
    book.follow(gathered.self(), gathered.leader());
    tell();
  }

  private Future<Entry> enter(Enter enter) {
    if (!book.isLimited(enter.key())) {
      return Future.succeededFuture(new Entered());
    }
    Promise<Entry> answer = Promise.promise();
    asking.put(enter.exchange(), answer);
    book.want(enter.exchange(), enter.key());
    tell();
    return answer.future();
  }

  private void exited(Exited exited) {
    book.exit(exited.exchange(), exited.tokens(), clock.instant());
    Promise<Entry> answer = asking.remove(exited.exchange());
    if (answer != null) {
      answer.complete(new Barred(Failure.notReady()));
    }
    tell();
  }

  private void tell() {
    Bus house = bus;
    if (house != null) {
      book.due(clock.instant()).ifPresent(claims -> tell(house, claims));
    }
  }

  private void tell(Bus house, Claims claims) {
    house.ask(Address.ACCESS_CLAIM, claims, PATIENCE).onSuccess(this::heard);
  }

  private void heard(Hearing hearing) {
    if (hearing instanceof Heard heard) {
      book.heard(heard, clock.instant()).forEach(this::answer);
      tell();
    }
  }

  private void answer(Verdict verdict) {
    Promise<Entry> answer = asking.remove(verdict.exchange());
    Failure objection = verdict.objection();
    if (answer != null) {
      answer.complete(objection == null ? new Entered() : new Barred(objection));
    }
  }
}
