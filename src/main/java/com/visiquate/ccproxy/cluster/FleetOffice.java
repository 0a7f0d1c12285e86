package com.visiquate.ccproxy.cluster;

import com.visiquate.ccproxy.bus.Address;
import com.visiquate.ccproxy.bus.Announcement.Replanned;
import com.visiquate.ccproxy.bus.Announcement.StatusChanged;
import com.visiquate.ccproxy.bus.Bus;
import com.visiquate.ccproxy.bus.Membership.Member;
import com.visiquate.ccproxy.bus.NodeMessage.Introduction;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.FleetPlan;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Introduces this node to the others, and makes one fleet of what they bring: every stage of this
 * node follows that, and sees how the backends of others are.
 */
final class FleetOffice {
  private final Bus bus;
  private final SharedFleet fleet;
  private final BackendLines lines;
  private final BiConsumer<Member, Introduction> post;
  private final Promise<Void> complete = Promise.promise();
  private final Map<BackendId, BackendStatus> own = new HashMap<>();
  private final Map<BackendId, BackendStatus> shown = new HashMap<>();
  private @Nullable FleetPlan followed;

  FleetOffice(
      Bus bus, SharedFleet fleet, BackendLines lines, BiConsumer<Member, Introduction> post) {
    this.bus = bus;
    this.fleet = fleet;
    this.lines = lines;
    this.post = post;
  }

  /** Completes when everybody who is there has said what it brings. */
  Future<Void> complete() {
    return complete.future();
  }

  void introduce() {
    Introduction introduction = fleet.introduction(own.values());
    fleet.strangers().forEach(member -> post.accept(member, introduction));
  }

  /** This node is configured anew, or its stages have only just begun. */
  void configured(FleetPlan plan) {
    fleet.configured(plan);
    followed = null;
    shown.clear();
    introduce();
    changed();
  }

  /** Somebody came, left, or said what it brings. */
  void changed() {
    FleetPlan plan = fleet.plan();
    if (!plan.equals(followed)) {
      followed = plan;
      lines.follow(plan);
      shown.keySet().retainAll(plan.elsewhere());
      own.keySet().removeIf(id -> plan.backend(id).isEmpty());
      bus.publish(Address.FLEET_PLAN, new Replanned(plan));
    }
    if (fleet.isComplete()) {
      complete.tryComplete();
    }
  }

  /** Whether a backend of this node said so. */
  boolean isOwn(BackendStatus status) {
    boolean here = followed == null || !followed.elsewhere().contains(status.id());
    if (here) {
      own.put(status.id(), status);
    }
    return here;
  }

  /** Those of this node who watch backends hear of those of others, too. */
  void show(BackendStatus status) {
    boolean known = followed != null && followed.elsewhere().contains(status.id());
    if (known && !status.equals(shown.put(status.id(), status))) {
      bus.publish(Address.FLEET_STATUS, new StatusChanged(status));
    }
  }
}
