package com.visiquate.ccproxy.console;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.FeedMessage.Frame;
import com.visiquate.ccproxy.bus.FeedMessage.Watch;
import com.visiquate.ccproxy.bus.FeedMessage.Watched;
import com.visiquate.ccproxy.console.feed.Feed;
import com.visiquate.ccproxy.console.feed.Picture;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the gateway while somebody watches, and tells what has changed; one for all ingresses.
 */
public final class ConsoleVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleVerticle.class);

  /** Milliseconds between two looks. */
  static final long GAP = 500;

  /** Looks without a change after which a sign of life is given: ten seconds. */
  private static final int QUIET = 20;

  private final Setup setup;
  private final Feed feed;
  private List<Bus.Subscription> subscriptions = List.of();
  private @Nullable Bus bus;
  private @Nullable Sources sources;
  private @Nullable Future<Boolean> looking;
  private @Nullable Promise<Boolean> awaited;
  private long timer = -1;
  private int quiet;

  /**
   * What it is told.
   *
   * @param version as it was built
   * @param node the name of this gateway, as in its records
   * @param startedAt since when the gateway runs
   */
  public record Setup(FleetPlan plan, String version, String node, Instant startedAt) {}

  public ConsoleVerticle(Setup setup) {
    this.setup = setup;
    this.feed = new Feed(setup.version(), setup.node(), setup.startedAt());
  }

  @Override
  public Future<?> start() {
    Bus here = Bus.of(vertx);
    Sources asked = new Sources(here, setup.plan(), memory());
    subscriptions =
        List.of(
            here.listen(Address.FLEET_STATUS, changed -> asked.changed(changed.status())),
            here.listen(Address.FLEET_PLAN, replanned -> asked.replanned(replanned.plan())),
            here.answerLater(Address.CONSOLE_WATCH, this::watch));
    sources = asked;
    bus = here;
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    rest();
    return Future.join(subscriptions.stream().map(Bus.Subscription::end).toList());
  }

  /** Whoever comes first waits for the first look. */
  private Future<Watched> watch(Watch watch) {
    return seen(watch.anew()).map(looked -> new Watched(feed.since(watch.last())));
  }

  /** Whoever wants it anew waits for the next look: however many ask, there are two a second. */
  private Future<Boolean> seen(boolean anew) {
    if (timer < 0) {
      timer = vertx.setPeriodic(GAP, tick -> tick());
      return look();
    }
    if (!anew) {
      return Future.succeededFuture(false);
    }
    Promise<Boolean> next = Objects.requireNonNullElseGet(awaited, Promise::promise);
    awaited = next;
    return next.future();
  }

  private void rest() {
    if (timer >= 0) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }

  private void tick() {
    Promise<Boolean> waiting = awaited;
    awaited = null;
    if (waiting != null) {
      look().onComplete(waiting);
    } else if (bus != null && bus.isHeard(Address.CONSOLE_FRAMES)) {
      look();
    } else {
      rest();
    }
  }

  /** One look at a time: whoever is slow to answer is asked less often. */
  private Future<Boolean> look() {
    Future<Boolean> running = looking;
    if (running != null) {
      return running;
    }
    if (sources == null) {
      return Future.succeededFuture(false);
    }
    Future<Boolean> now = sources.look().map(this::tell).recover(ConsoleVerticle::unseen);
    looking = now;
    now.onComplete(done -> looking = null);
    return now;
  }

  private boolean tell(Picture picture) {
    Frame change = feed.update(picture);
    quiet = change == null ? quiet + 1 : 0;
    if (bus != null && change != null) {
      bus.publish(Address.CONSOLE_FRAMES, change);
    } else if (bus != null && quiet % QUIET == QUIET - 1) {
      bus.publish(Address.CONSOLE_FRAMES, feed.beat());
    }
    return change != null;
  }

  private static Future<Boolean> unseen(Throwable cause) {
    LOG.debug("the console could not look", cause);
    return Future.succeededFuture(false);
  }

  private static long memory() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getTotalMemorySize()
        : 0;
  }
}
