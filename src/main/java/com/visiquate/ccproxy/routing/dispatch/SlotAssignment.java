package com.visiquate.ccproxy.routing.dispatch;

import com.visiquate.ccproxy.bus.Decision;
import com.visiquate.ccproxy.bus.Fact.SlotHeld;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Placement;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.cache.CachedPrompt;
import com.visiquate.ccproxy.routing.cache.Lease;
import com.visiquate.ccproxy.routing.estimate.Holds;
import com.visiquate.ccproxy.routing.request.Chronicle;
import com.visiquate.ccproxy.routing.request.Estimate;
import com.visiquate.ccproxy.routing.request.OpenExchange;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import com.visiquate.ccproxy.routing.waiting.WaitingRooms;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Takes a request out of its room and gives it a slot. */
public final class SlotAssignment {
  private final WaitingRooms rooms;
  private final Holds holds;
  private final Chronicle chronicle;

  public SlotAssignment(WaitingRooms rooms, Holds holds, Chronicle chronicle) {
    this.rooms = rooms;
    this.holds = holds;
    this.chronicle = chronicle;
  }

  /**
   * It runs there from now on.
   *
   * @param why as far as anybody wants to know
   */
  public List<RoutingEffect> start(
      OpenExchange exchange,
      ModelSpec model,
      BackendView view,
      Estimate estimate,
      Decision why,
      Instant now) {
    rooms.remove(exchange);
    view.makeRoom(model);
    Lease lease = view.cache(model).take(exchange.chain());
    TakenSlot taken = new TakenSlot(exchange, estimate, lease, now);
    view.take(exchange.id(), taken);
    Placement placement = exchange.place(view.id(), now);
    chronicle.placed(exchange, placement, taken.number(), estimate, why, now);
    RoutingEffect start =
        new RoutingEffect.Start(exchange.submission(), placement, model, estimate);
    Optional<RoutingEffect> held = held(exchange, lease, view, estimate, now);
    return held.isPresent() ? List.of(held.get(), start) : List.of(start);
  }

  /** For how long the slot was kept for the conversation that was there, if it was. */
  private Optional<RoutingEffect> held(
      OpenExchange exchange, Lease lease, BackendView view, Estimate estimate, Instant now) {
    CachedPrompt before = lease.before();
    if (before == null || before.chance() < Holds.LIKELY || holds.bound(before).isZero()) {
      return Optional.empty();
    }
    Duration idle = Duration.between(before.since(), now);
    Duration bound = holds.bound(before);
    Duration held = idle.compareTo(bound) < 0 ? idle : bound;
    boolean returned = exchange.chain().follows(before.turn());
    boolean kept = returned || estimate.held() > 0 || idle.compareTo(bound) >= 0;
    return kept
        ? Optional.of(
            new RoutingEffect.Note(new SlotHeld(view.id(), exchange.model(), held, returned)))
        : Optional.empty();
  }
}
