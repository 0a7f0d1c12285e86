package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.config.ClusterSettings;
import com.visiquate.ccproxy.fleet.FleetPlan;
import com.visiquate.ccproxy.fleet.LogKeys;
import com.visiquate.ccproxy.wire.Wire;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This node among those that act as one. Its start completes when everybody who is there has said
 * what it brings, and fails when they cannot act as one.
 */
public final class ClusterVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterVerticle.class);

  private static final int PROTOCOL = Wire.PROTOCOL;

  private static final long TICK_MILLIS = 100;

  private static final long LISTEN_MILLIS = 1_000;

  private static final long TRIM_MILLIS = 1_000;

  /** Milliseconds for which a start waits for those who are there; then it goes on without. */
  private static final long WELCOME_MILLIS = 5_000;

  private final ClusterSettings settings;
  private final FleetPlan plan;
  private final SharedSizes sizes;
  private final LeaderStages leader;
  private final Member self;
  private @Nullable ClusterOffice office;
  private @Nullable Carrier carrier;
  private @Nullable SharedDesk shared;

  /**
   * Not yet among them.
   *
   * @param plan of this node alone
   * @param sizes of what all nodes know, as far as it lies on this one
   */
  public ClusterVerticle(
      ClusterSettings settings, FleetPlan plan, SharedSizes sizes, LeaderStages leader) {
    this.settings = settings;
    this.plan = plan;
    this.sizes = sizes;
    this.leader = leader;
    this.self =
        new Member(Objects.requireNonNull(settings.node()), System.currentTimeMillis(), PROTOCOL);
  }

  @Override
  public Future<?> start() {
    Promise<Void> welcome = Promise.promise();
    SharedFleet fleet = new SharedFleet(self, plan);
    Mailbag mailbag = new Mailbag(self, context, () -> carrier);
    ClusterOffice opened = new ClusterOffice(vertx, self, fleet, leader, mailbag);
    office = opened;
    mailbag.deliverTo(opened);
    return joined(mailbag)
        .compose(
            started -> {
              carrier = started;
              opened.open();
              share(opened, started, mailbag.wire());
              vertx.setPeriodic(TICK_MILLIS, tick -> opened.tick());
              vertx.setPeriodic(LISTEN_MILLIS, tick -> mailbag.listen());
              vertx.setPeriodic(TRIM_MILLIS, tick -> started.trim());
              vertx.setTimer(WELCOME_MILLIS, late -> welcome.tryComplete());
              return Future.any(welcome.future(), opened.complete());
            })
        .compose(complete -> agreed(fleet));
  }

  private void share(ClusterOffice others, Carrier started, Wire wire) {
    shared = new SharedDesk(vertx, started.shelves(), wire, others::discard);
    shared.open();
  }

  /**
   * The carrier has a Vert.x of its own, which must not begin on a thread of this one: it loads
   * thousands of classes. What follows belongs to this one again.
   */
  private Future<Carrier> joined(Mailbag mailbag) {
    Promise<Carrier> promise = Promise.promise();
    Thread.ofPlatform()
        .name("cluster")
        .daemon()
        .start(
            () -> {
              mailbag.prepare();
              Carrier.start(settings, sizes, self, mailbag)
                  .onComplete(done -> context.runOnContext(nothing -> tell(promise, done)));
            });
    return promise.future();
  }

  private static void tell(Promise<Carrier> promise, AsyncResult<Carrier> done) {
    if (done.succeeded()) {
      promise.complete(done.result());
    } else {
      promise.fail(done.cause());
    }
  }

  private Future<Void> agreed(SharedFleet fleet) {
    List<String> reasons = new ArrayList<>(fleet.disagreements());
    if (!reasons.isEmpty()) {
      return Future.failedFuture(
          new IllegalStateException(
              "this node cannot act as one with others of its cluster: "
                  + String.join("; ", reasons)));
    }
    LOG.atInfo()
        .addKeyValue(LogKeys.RECORD, fleet.view().members())
        .log("acts as one with other nodes");
    return Future.succeededFuture();
  }

  @Override
  public Future<?> stop() {
    Carrier joined = carrier;
    if (shared != null) {
      shared.close();
    }
    Future<Void> closed = office == null ? Future.succeededFuture() : office.close();
    return joined == null ? closed : closed.eventually(joined::close);
  }
}
