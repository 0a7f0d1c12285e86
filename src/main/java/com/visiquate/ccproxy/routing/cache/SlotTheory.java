package com.visiquate.ccproxy.routing.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CacheRule#SLOTS}: what a slot computed last, and nothing else. */
final class SlotTheory extends Theory {
  @Override
  Outlook outlook(Chain chain) {
    CacheSlot closest = places.closest(chain);
    if (closest == null) {
      return Outlook.NOTHING;
    }
    CachedPrompt resident = closest.resident();
    return new Outlook(closest.common(chain), resident, displaced(resident, chain));
  }

  private List<Displaced> displaced(@Nullable CachedPrompt resident, Chain chain) {
    return resident == null
        ? List.of()
        : List.of(Displaced.by(chain, resident, places.ofRole(resident.chain().role()) == 1));
  }

  @Override
  SlotUse take(Chain chain) {
    CacheSlot closest = places.closest(chain);
    if (closest == null) {
      return SlotUse.extra(places);
    }
    ExpectedReuse promise = ExpectedReuse.ofSlot(closest.common(chain));
    CachedPrompt before = closest.resident();
    places.take(closest);
    return new SlotUse(places, closest, before, promise);
  }

  @Override
  List<CachedPrompt> residents() {
    return places.residents();
  }

  @Override
  List<CachedPrompt> exposed() {
    return places.residents();
  }
}
