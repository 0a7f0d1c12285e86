package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.Fact.LongestWait;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.FleetState;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.waiting.WaitingRoom;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells the depth of every queue when it changed, and not too often; owns what it told last. */
final class QueueDepths {
  private static final Duration GAP = Duration.ofMillis(250);

  private final WaitingRooms rooms;
  private final FleetState fleet;
  private final Map<BackendId, Integer> expected = new HashMap<>();
  private final Map<Queue, Integer> depths = new HashMap<>();
  private final Map<ModelName, Optional<Instant>> oldest = new HashMap<>();
  private Instant due;
  private boolean late;

  /** Nobody waits, and everybody has been told. */
  private boolean quiet = true;

  private record Queue(ModelName model, Priority priority) {}

  QueueDepths(WaitingRooms rooms, FleetState fleet, Instant now) {
    this.rooms = rooms;
    this.fleet = fleet;
    this.due = now;
  }

  /** What changed since the last time; nothing when that was just now. */
  List<RoutingEffect> changes(Instant now) {
    boolean unchanged = quiet && rooms.waiting() == 0;
    late = !unchanged && now.isBefore(due);
    if (unchanged || late) {
      return List.of();
    }
    quiet = rooms.waiting() == 0;
    List<RoutingEffect> changes = new ArrayList<>();
    rooms.all().forEach(room -> depths(room, changes));
    rooms.all().forEach(room -> oldest(room, changes));
    expectations().forEach((backend, waiting) -> expect(backend, waiting, changes));
    due = changes.isEmpty() ? due : now.plus(GAP);
    return changes;
  }

  /** When to ask again, if something may have changed that was not told. */
  Optional<Instant> due() {
    return late ? Optional.of(due) : Optional.empty();
  }

  private void depths(WaitingRoom room, List<RoutingEffect> changes) {
    for (Priority priority : Priority.values()) {
      int waiting = room.line(priority).size();
      Integer told = depths.put(new Queue(room.model(), priority), waiting);
      if (waiting != (told == null ? 0 : told)) {
        changes.add(new RoutingEffect.Depth(room.model(), priority, waiting));
      }
    }
  }

  private void oldest(WaitingRoom room, List<RoutingEffect> changes) {
    Optional<Instant> since = room.oldest();
    Optional<Instant> told = oldest.getOrDefault(room.model(), Optional.empty());
    if (!since.equals(told)) {
      oldest.put(room.model(), since);
      changes.add(new RoutingEffect.Note(new LongestWait(room.model(), since.orElse(null))));
    }
  }

  private void expect(BackendId backend, int waiting, List<RoutingEffect> changes) {
    Integer told = expected.put(backend, waiting);
    if (waiting != (told == null ? 0 : told)) {
      changes.add(new RoutingEffect.Expect(backend, waiting));
    }
  }

  private Map<BackendId, Integer> expectations() {
    Map<BackendId, Integer> shares = new LinkedHashMap<>();
    fleet.all().forEach(view -> shares.put(view.id(), 0));
    rooms.all().forEach(room -> share(room, shares));
    return shares;
  }

  /** Waiting requests are bound to nothing; they are expected in proportion to the slots. */
  private void share(WaitingRoom room, Map<BackendId, Integer> shares) {
    int left = room.size();
    List<BackendView> backends = fleet.likely(room.model());
    int slots = backends.stream().mapToInt(view -> view.slots(room.model())).sum();
    for (BackendView view : backends) {
      int share = Math.ceilDiv(left * view.slots(room.model()), Math.max(1, slots));
      shares.merge(view.id(), share, Integer::sum);
      left -= share;
      slots -= view.slots(room.model());
    }
  }
}
