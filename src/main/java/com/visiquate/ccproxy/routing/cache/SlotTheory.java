package com.visiquate.ccproxy.routing.cache;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CacheRule#SLOTS}: what a slot computed last, and nothing else. */
final class SlotTheory extends Theory {
  @Override
  Outlook outlook(Chain chain) {
    CacheSlot closest = slots.closest(chain);
    if (closest == null) {
      return Outlook.NOTHING;
    }
    CachedPrompt cached = closest.cached();
    return new Outlook(closest.common(chain), cached, displaced(cached, chain));
  }

  private List<Displaced> displaced(@Nullable CachedPrompt cached, Chain chain) {
    return cached == null
        ? List.of()
        : List.of(Displaced.by(chain, cached, slots.ofRole(cached.chain().role()) == 1));
  }

  @Override
  SlotUse take(Chain chain) {
    CacheSlot closest = slots.closest(chain);
    if (closest == null) {
      return SlotUse.extra(slots);
    }
    ExpectedReuse promise = ExpectedReuse.ofSlot(closest.common(chain));
    CachedPrompt before = closest.cached();
    slots.take(closest);
    return new SlotUse(slots, closest, before, promise);
  }

  @Override
  List<CachedPrompt> cachedPrompts() {
    return slots.cachedPrompts();
  }

  @Override
  List<CachedPrompt> exposed() {
    return slots.cachedPrompts();
  }
}
