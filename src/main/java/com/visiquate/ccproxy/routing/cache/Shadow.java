package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one Ollama still holds of its prompts for one model, followed by the rule by which it
 * chooses a slot. Owns the {@link Places} and the {@link Store}, which bound it.
 */
public final class Shadow {
  /** Of the new prompt; less in common is no reason to choose a slot. */
  private static final double ENOUGH = 0.1;

  /** Of what a slot holds; when less remains it is put aside first. */
  private static final double MOST_OF_IT = 0.5;

  /** Of the newer line, for a model of seven billion parameters: 150,000 tokens. */
  private static final int STORED = 525_000;

  private final Places places = new Places();
  private final Store store = new Store();
  private CacheRule rule = CacheRule.SLOTS;
  private int capacity = STORED;

  /** What a place would do for a request. */
  private record Choice(Place place, @Nullable Resident stored, int kept, boolean putsAside) {}

  /** What is known of that Ollama. */
  public void shape(CacheRule followed, int slots) {
    if (followed != rule) {
      clear();
    }
    rule = followed;
    store.resize(rule == CacheRule.STORE ? capacity : 0);
    places.resize(slots);
  }

  /** How many characters it is thought to keep in main memory; only the newer rule does. */
  public void capacity(int characters) {
    capacity = characters;
    store.resize(rule == CacheRule.STORE ? capacity : 0);
  }

  public Outlook outlook(Chain chain) {
    Choice choice = choice(chain);
    return choice == null ? Outlook.NOTHING : new Outlook(choice.kept(), displaced(choice, chain));
  }

  /** A request runs here from now on. */
  public Lease take(Chain chain) {
    Choice choice = choice(chain);
    return choice == null ? new Lease(places, places.extra(), 0, null) : take(choice);
  }

  /** The model was unloaded, or its Ollama restarted. */
  public void clear() {
    places.forget();
    store.clear();
  }

  /** All that it holds besides what runs. */
  public List<Resident> residents() {
    List<Resident> residents = places.residents();
    residents.addAll(store.residents());
    return residents;
  }

  /** Those that a prompt of a stranger would displace, in whichever free place it ran. */
  public List<Resident> exposed() {
    if (rule == CacheRule.STORE) {
      return outlook(Chain.EMPTY).displaced().stream().map(Displaced::resident).toList();
    }
    return places.residents();
  }

  private Lease take(Choice choice) {
    Place place = choice.place();
    Resident before = place.resident();
    Resident stored = choice.stored();
    if (stored != null) {
      store.remove(stored);
    }
    if (before != null && choice.putsAside()) {
      store.add(before);
    }
    places.take(place);
    return new Lease(places, place, choice.kept(), before);
  }

  private List<Displaced> displaced(Choice choice, Chain chain) {
    Resident resident = choice.place().resident();
    if (resident == null) {
      return List.of();
    }
    List<Resident> going = going(choice, resident);
    List<Displaced> displaced = new ArrayList<>(going.size());
    for (Resident one : going) {
      displaced.add(Displaced.by(chain, one, isLast(one, going)));
    }
    return displaced;
  }

  /** What comes back from main memory leaves it, and is overwritten where it goes on otherwise. */
  private List<Resident> going(Choice choice, Resident resident) {
    if (!choice.putsAside()) {
      return List.of(resident);
    }
    Resident stored = choice.stored();
    List<Resident> going = store.evicted(resident.chain().length(), stored);
    if (stored != null) {
      going.add(stored);
    }
    return going;
  }

  /** Whether nothing else here is of the same role, besides what goes with it. */
  private boolean isLast(Resident resident, List<Resident> going) {
    long role = resident.chain().role();
    return places.ofRole(role) + ofRole(store.residents(), role) == ofRole(going, role);
  }

  private static int ofRole(List<Resident> residents, long role) {
    int count = 0;
    for (Resident resident : residents) {
      count += resident.chain().role() == role ? 1 : 0;
    }
    return count;
  }

  /** What Ollama would do with a prompt; null when no place is free. */
  private @Nullable Choice choice(Chain chain) {
    Place closest = places.closest(chain);
    Place oldest = places.oldest();
    if (closest == null || oldest == null) {
      return null;
    }
    int common = closest.common(chain);
    if (rule == CacheRule.SLOTS) {
      return new Choice(closest, null, common, false);
    }
    boolean similar = common > ENOUGH * chain.length();
    Place chosen = similar ? closest : oldest;
    int kept = chosen.common(chain);
    boolean putsAside = !similar || kept < MOST_OF_IT * chosen.length();
    Resident stored = putsAside ? store.best(chain, kept, chosen.length()) : null;
    int longest = stored == null ? kept : stored.chain().common(chain);
    return new Choice(chosen, stored, longest, putsAside);
  }
}
