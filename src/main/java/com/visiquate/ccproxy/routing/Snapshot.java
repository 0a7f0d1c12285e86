package com.visiquate.ccproxy.routing;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What an operator sees of the queues and the slots at one moment. */
record Snapshot(List<Queue> queues, List<Backend> backends) {
  Snapshot {
    queues = List.copyOf(queues);
    backends = List.copyOf(backends);
  }

  /**
   * The waiting room of one model.
   *
   * @param oldest how long the one that waits longest has waited; zero when none waits
   */
  record Queue(ModelName model, Map<Priority, Integer> waiting, Duration oldest) {
    Queue {
      waiting = Map.copyOf(waiting);
    }
  }

  /**
   * The slots of one backend.
   *
   * @param slots for each model
   * @param running taken slots, without ghosts
   */
  record Backend(BackendId backend, Health health, int slots, int running, int ghosts) {}

  static Snapshot of(Rooms rooms, Fleet fleet, Instant now) {
    return new Snapshot(
        rooms.all().stream().map(room -> queue(room, now)).toList(),
        fleet.all().stream().map(Snapshot::backend).toList());
  }

  private static Queue queue(WaitingRoom room, Instant now) {
    Map<Priority, Integer> waiting = new EnumMap<>(Priority.class);
    for (Priority priority : Priority.values()) {
      waiting.put(priority, room.line(priority).size());
    }
    Duration oldest =
        Stream.of(Priority.values())
            .flatMap(priority -> room.line(priority).first().stream())
            .map(ticket -> Duration.between(ticket.waitingSince(), now))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    return new Queue(room.model(), waiting, oldest);
  }

  private static Backend backend(BackendView view) {
    int ghosts = (int) view.seats().stream().filter(Seat::isGhost).count();
    return new Backend(
        view.id(), view.health(), view.slots(), view.seats().size() - ghosts, ghosts);
  }
}
