package com.visiquate.ccproxy.records.account;

import com.visiquate.ccproxy.bus.Fact.Used;
import com.visiquate.ccproxy.bus.RequestRecord;
import com.visiquate.ccproxy.bus.RequestRecord.Price;
import com.visiquate.ccproxy.bus.RequestRecord.SlotUse;
import com.visiquate.ccproxy.bus.RequestRecord.Slots;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a record: what it is now, and what it was before. Sums take the difference, so that
 * steps may be added to them in any order, each once.
 *
 * @param before null for the first step
 */
public record Entry(RequestRecord now, @Nullable RequestRecord before) {
  /** This step and the next one in one. */
  Entry then(Entry next) {
    return new Entry(next.now, before);
  }

  /** What this step adds to what is known to be used; empty when that is nothing. */
  public Optional<Used> used() {
    Price old = before == null ? Price.NONE : before.price();
    String model = now.served().model();
    Used used =
        new Used(
            model == null ? null : new ModelName(model),
            new Slots(longer()),
            now.price().cost() - old.cost(),
            now.price().saved() - old.saved());
    boolean nothing = used.slots().uses().isEmpty() && used.cost() == 0 && used.saved() == 0;
    return nothing ? Optional.empty() : Optional.of(used);
  }

  private List<SlotUse> longer() {
    Slots old = before == null ? Slots.NONE : before.slots();
    return now.slots().uses().stream()
        .map(use -> new SlotUse(use.backend(), use.micros() - old.microsOf(use.backend())))
        .filter(use -> use.micros() > 0)
        .toList();
  }
}
