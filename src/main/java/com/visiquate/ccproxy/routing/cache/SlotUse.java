package com.visiquate.ccproxy.routing.cache;

import org.jspecify.annotations.Nullable;

/**
 * A place that a request has taken if one theory is right.
 *
 * @param before what the place held; null when that was nothing, or not known
 * @param promise how much of the request need not be computed again
 */
record SlotUse(
    CacheSlots slots, CacheSlot slot, @Nullable CachedPrompt before, ExpectedReuse promise) {
  void end(@Nullable CachedPrompt left) {
    slots.release(slot, left);
  }

  /** In a place more than there are: Ollama runs what was not known to have room. */
  static SlotUse extra(CacheSlots slots) {
    return new SlotUse(slots, slots.extra(), null, ExpectedReuse.NOTHING);
  }
}
