package com.visiquate.ccproxy.routing.cache;

import java.util.List;

/** What an Ollama holds of its prompts for one model, if it follows one {@link CacheRule}. */
abstract sealed class Theory permits SlotTheory, StoreTheory {
  final CacheSlots slots = new CacheSlots();

  void resize(int count) {
    slots.resize(count);
  }

  void clear() {
    slots.forget();
  }

  abstract Outlook outlook(Chain chain);

  /** How much of a request is kept of the turn before it; 0 when that is not here. */
  int kept(Chain chain) {
    CachedPrompt home = slots.home(chain);
    return home == null ? 0 : home.chain().common(chain);
  }

  /** A request runs here from now on. */
  abstract SlotUse take(Chain chain);

  /** All that it holds besides what runs. */
  abstract List<CachedPrompt> cachedPrompts();

  /** Those that a prompt of a stranger would displace, in whichever free place it ran. */
  abstract List<CachedPrompt> exposed();
}
