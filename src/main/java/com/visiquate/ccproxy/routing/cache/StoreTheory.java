package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link CacheRule#STORE}: what is replaced in a slot is kept in main memory. */
final class StoreTheory extends Theory {
  /** Of the new prompt; less in common is no reason to choose a slot. */
  private static final double ENOUGH = 0.1;

  /** Of what a slot holds; when less remains it is put aside first. */
  private static final double MOST_OF_IT = 0.5;

  private final Store store = new Store();

  /** Of what a slot holds: characters are so many tokens more or less. */
  private static final double ABOUT = 0.02;

  /** What a place would do for a request. */
  private record Choice(CacheSlot place, @Nullable Stored stored, int kept, boolean putsAside) {}

  /** How many characters main memory is thought to hold. */
  void capacity(int characters) {
    store.resize(characters);
  }

  /** Whether this theory is believed; else it remembers less. */
  void counts(boolean believed) {
    store.counts(believed);
  }

  @Override
  void clear() {
    super.clear();
    store.clear();
  }

  @Override
  Outlook outlook(Chain chain) {
    Choice choice = choice(chain);
    return choice == null
        ? Outlook.NOTHING
        : new Outlook(choice.kept(), choice.place().resident(), displaced(choice, chain));
  }

  @Override
  int kept(Chain chain) {
    return Math.max(super.kept(chain), store.kept(chain));
  }

  @Override
  SlotUse take(Chain chain) {
    Choice choice = choice(chain);
    if (choice == null) {
      return SlotUse.extra(places);
    }
    ExpectedReuse promise = promise(choice, chain);
    CacheSlot place = choice.place();
    CachedPrompt before = place.resident();
    Stored stored = choice.stored();
    if (stored != null) {
      store.remove(stored);
    }
    if (before != null && choice.putsAside()) {
      store.add(before, isUnsure(place, chain));
    }
    places.take(place);
    return new SlotUse(places, place, before, promise);
  }

  @Override
  List<CachedPrompt> residents() {
    List<CachedPrompt> residents = places.residents();
    store.addTo(residents);
    return residents;
  }

  @Override
  List<CachedPrompt> exposed() {
    List<CachedPrompt> exposed = new ArrayList<>();
    for (Displaced one : outlook(Chain.EMPTY).displaced()) {
      exposed.add(one.resident());
    }
    return exposed;
  }

  /** Whether it is put aside only just. */
  private static boolean isUnsure(CacheSlot place, Chain chain) {
    int most = (int) (MOST_OF_IT * place.length());
    return Math.abs(place.common(chain) - most) < ABOUT * place.length();
  }

  private ExpectedReuse promise(Choice choice, Chain chain) {
    int slot = choice.place().common(chain);
    int held = choice.place().length();
    Stored stored = choice.stored();
    int used = stored == null ? held : stored.length();
    Stored doubted = choice.putsAside() ? store.bestDoubted(chain, choice.kept(), used) : null;
    Stored deepest = doubted == null ? stored : doubted;
    return deepest == null
        ? ExpectedReuse.ofSlot(slot)
        : new ExpectedReuse(
            choice.kept(), slot, deepest.common(chain), deepest.deepest(), deepest.isUnsure());
  }

  private List<Displaced> displaced(Choice choice, Chain chain) {
    CachedPrompt resident = choice.place().resident();
    if (resident == null) {
      return List.of();
    }
    List<CachedPrompt> going = going(choice, resident);
    List<Displaced> displaced = new ArrayList<>(going.size());
    for (CachedPrompt one : going) {
      displaced.add(Displaced.by(chain, one, isLast(one, going)));
    }
    return displaced;
  }

  /**
   * What comes back from main memory leaves it, and is overwritten where it goes on otherwise; what
   * is longer than all of main memory is not kept there.
   */
  private List<CachedPrompt> going(Choice choice, CachedPrompt resident) {
    if (!choice.putsAside()) {
      return List.of(resident);
    }
    Stored stored = choice.stored();
    List<CachedPrompt> going = store.evicted(resident.chain().length(), stored);
    if (!store.holds(resident)) {
      going.add(resident);
    }
    if (stored != null) {
      going.add(stored.resident());
    }
    return going;
  }

  /** Whether nothing else here is of the same role, besides what goes with it. */
  private boolean isLast(CachedPrompt resident, List<CachedPrompt> going) {
    long role = resident.chain().role();
    int gone = 0;
    for (CachedPrompt one : going) {
      gone += one.chain().role() == role ? 1 : 0;
    }
    return places.ofRole(role) + store.ofRole(role) == gone;
  }

  /** What Ollama would do with a prompt; null when no place is free. */
  private @Nullable Choice choice(Chain chain) {
    CacheSlot closest = places.closest(chain);
    CacheSlot oldest = places.oldest();
    if (closest == null || oldest == null) {
      return null;
    }
    boolean similar = closest.common(chain) > ENOUGH * chain.length();
    CacheSlot chosen = similar ? closest : oldest;
    int kept = chosen.common(chain);
    boolean putsAside = !similar || kept < MOST_OF_IT * chosen.length();
    Stored stored = putsAside ? store.best(chain, kept, chosen.length()) : null;
    int longest = stored == null ? kept : stored.common(chain);
    return new Choice(chosen, stored, longest, putsAside);
  }
}
