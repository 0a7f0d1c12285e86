package com.visiquate.ccproxy.routing.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CacheRule#SLOTS}: what a slot computed last, and nothing else. */
final class SlotTheory extends Theory {
  @Override
  Outlook outlook(Chain chain) {
    Place closest = places.closest(chain);
    if (closest == null) {
      return Outlook.NOTHING;
    }
    Resident resident = closest.resident();
    return new Outlook(closest.common(chain), resident, displaced(resident, chain));
  }

  private List<Displaced> displaced(@Nullable Resident resident, Chain chain) {
    return resident == null
        ? List.of()
        : List.of(Displaced.by(chain, resident, places.ofRole(resident.chain().role()) == 1));
  }

  @Override
  Stay take(Chain chain) {
    Place closest = places.closest(chain);
    if (closest == null) {
      return Stay.extra(places);
    }
    Promise promise = Promise.ofSlot(closest.common(chain));
    Resident before = closest.resident();
    places.take(closest);
    return new Stay(places, closest, before, promise);
  }

  @Override
  List<Resident> residents() {
    return places.residents();
  }

  @Override
  List<Resident> exposed() {
    return places.residents();
  }
}
