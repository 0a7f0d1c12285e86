package com.visiquate.ccproxy.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Decision.Weighed;
import com.visiquate.ccproxy.bus.ScheduleStep;
import com.visiquate.ccproxy.bus.ScheduleStep.GhostFaded;
import com.visiquate.ccproxy.bus.ScheduleStep.Placed;
import com.visiquate.ccproxy.bus.ScheduleStep.Queued;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotEnded;
import com.visiquate.ccproxy.bus.ScheduleStep.SlotKept;
import com.visiquate.ccproxy.bus.ScheduleStep.Spoke;
import com.visiquate.ccproxy.bus.ScheduleStep.Withdrawn;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ExchangeId;
import com.visiquate.ccproxy.routing.request.Chronicle;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What must hold of the steps that a scheduler notes: each follows from the one before it. */
final class ChaosSteps {
  private final String world;
  private final Set<ExchangeId> waiting = new HashSet<>();
  private final Map<ExchangeId, Slot> running = new HashMap<>();
  private final Map<ExchangeId, Slot> ghosts = new HashMap<>();
  private final Set<Slot> taken = new HashSet<>();
  private int weighed;

  private record Slot(BackendId backend, int number) {}

  ChaosSteps(String world) {
    this.world = world;
  }

  void check(Chronicle chronicle) {
    chronicle.take().forEach(this::check);
  }

  /** Nobody is left in a queue or a slot. */
  void checkRest() {
    assertThat(waiting).as("%s: wait", world).isEmpty();
    assertThat(ghosts.keySet()).as("%s: haunt", world).isEmpty();
  }

  /** So many starts were compared with another one. */
  int weighed() {
    return weighed;
  }

  private void check(ScheduleStep step) {
    ExchangeId exchange = step.exchange();
    switch (step) {
      case Queued queued -> that(waiting.add(exchange) && !running.containsKey(exchange), step);
      case Withdrawn withdrawn -> that(waiting.remove(exchange), step);
      case Placed placed -> {
        waiting.remove(exchange);
        Slot slot = new Slot(placed.backend(), placed.slot());
        that(running.put(exchange, slot) == null && taken.add(slot), step);
        check(placed, placed.decision());
      }
      case Spoke spoke -> that(running.containsKey(exchange), step);
      case SlotEnded ended -> {
        Slot slot = running.remove(exchange);
        that(slot != null && slot.backend().equals(ended.backend()), step);
        if (ended.ghost() && slot != null) {
          ghosts.put(exchange, slot);
        } else {
          taken.remove(slot);
        }
      }
      case GhostFaded faded -> that(taken.remove(ghosts.remove(exchange)), step);
      case SlotKept kept -> that(kept.until().isAfter(kept.at()), step);
    }
  }

  private void check(Placed placed, Decision decision) {
    if (decision.rule() != Decision.Rule.LEAST_COST) {
      that(decision.chosen() == null && decision.next() == null, placed);
      return;
    }
    Weighed chosen = decision.chosen();
    that(chosen != null && isOf(placed, chosen), placed);
    that(decision.next() == null || !isOf(placed, decision.next()), placed);
    weighed += decision.next() == null ? 0 : 1;
  }

  private static boolean isOf(Placed placed, Weighed weighed) {
    return weighed.exchange().equals(placed.exchange())
        && weighed.backend().equals(placed.backend());
  }

  private void that(boolean holds, @Nullable ScheduleStep step) {
    if (!holds) {
      throw new AssertionError("%s: %s".formatted(world, step));
    }
  }
}
