package com.visiquate.ccproxy.routing.cache;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What one Ollama still holds of its prompts for one model, followed by the rule by which it
 * chooses a slot. Owns the places and what they hold; it is bounded by the slots and by {@link
 * Store}.
 */
public final class Shadow {
  /** Of the new prompt; less in common is no reason to choose a slot. */
  private static final double ENOUGH = 0.1;

  /** Of what a slot holds; when less remains it is put aside first. */
  private static final double MOST_OF_IT = 0.5;

  /** Of the newer line, for a model of seven billion parameters: 150,000 tokens. */
  private static final int STORED = 525_000;

  private final List<Place> places = new ArrayList<>();
  private final Store store = new Store();
  private CacheRule rule = CacheRule.SLOTS;
  private int capacity = STORED;
  private long order;

  /** What a place would do for a request. */
  private record Choice(Place place, @Nullable Resident stored, int kept, boolean putsAside) {}

  /** What is known of that Ollama. */
  public void shape(CacheRule followed, int slots) {
    if (followed != rule) {
      clear();
    }
    rule = followed;
    store.resize(rule == CacheRule.STORE ? capacity : 0);
    while (places.size() < slots) {
      places.add(new Place());
    }
    for (int i = places.size() - 1; places.size() > slots && i >= 0; i--) {
      if (!places.get(i).isTaken()) {
        places.remove(i);
      }
    }
  }

  /** How many characters it is thought to keep in main memory; only the newer rule does. */
  public void capacity(int characters) {
    capacity = characters;
    store.resize(rule == CacheRule.STORE ? capacity : 0);
  }

  public Outlook outlook(Chain chain) {
    return choice(chain)
        .map(choice -> new Outlook(choice.kept(), displaced(choice, chain)))
        .orElse(Outlook.NOTHING);
  }

  /** A request runs here from now on. */
  public Lease take(Chain chain) {
    Optional<Choice> choice = choice(chain);
    if (choice.isEmpty()) {
      Place extra = new Place();
      extra.take(++order);
      return new Lease(extra, 0, null);
    }
    return take(choice.get());
  }

  /** The model was unloaded, or its Ollama restarted. */
  public void clear() {
    places.forEach(Place::forget);
    store.clear();
  }

  /** All that it holds besides what runs. */
  public List<Resident> residents() {
    List<Resident> residents = new ArrayList<>(places.size() + store.residents().size());
    for (Place place : places) {
      Resident resident = place.resident();
      if (resident != null) {
        residents.add(resident);
      }
    }
    residents.addAll(store.residents());
    return residents;
  }

  /** Those that a prompt of a stranger would displace, in whichever free place it ran. */
  public List<Resident> exposed() {
    if (rule == CacheRule.STORE) {
      return outlook(Chain.EMPTY).displaced().stream().map(Displaced::resident).toList();
    }
    return places.stream().flatMap(place -> Stream.ofNullable(place.resident())).toList();
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
    place.take(++order);
    return new Lease(place, choice.kept(), before);
  }

  private List<Displaced> displaced(Choice choice, Chain chain) {
    Resident resident = choice.place().resident();
    if (resident == null) {
      return List.of();
    }
    List<Resident> going = going(choice, resident);
    return going.stream().map(one -> Displaced.by(chain, one, isLast(one, going))).toList();
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
    for (Resident other : residents()) {
      if (other.chain().role() == resident.chain().role() && !going.contains(other)) {
        return false;
      }
    }
    return true;
  }

  private Optional<Choice> choice(Chain chain) {
    Place place = closest(chain);
    if (place == null) {
      return Optional.empty();
    }
    int common = place.common(chain);
    if (rule == CacheRule.SLOTS) {
      return Optional.of(new Choice(place, null, common, false));
    }
    boolean similar = common > ENOUGH * chain.length();
    Place chosen = similar ? place : oldest(place);
    int kept = chosen.common(chain);
    boolean putsAside = !similar || kept < MOST_OF_IT * chosen.length();
    Resident stored = putsAside ? store.best(chain, kept, chosen.length()) : null;
    int longest = stored == null ? kept : stored.chain().common(chain);
    return Optional.of(new Choice(chosen, stored, longest, putsAside));
  }

  /**
   * The free place with the most in common. The first few tokens of a template are the same for
   * all, so that any prompt beats an empty place.
   */
  private @Nullable Place closest(Chain chain) {
    Place best = null;
    int most = -1;
    for (Place place : places) {
      int common = place.resident() == null ? 0 : 1 + place.common(chain);
      if (!place.isTaken() && common > most) {
        best = place;
        most = common;
      }
    }
    return best;
  }

  private Place oldest(Place any) {
    Place oldest = any;
    for (Place place : places) {
      oldest = !place.isTaken() && place.used() < oldest.used() ? place : oldest;
    }
    return oldest;
  }
}
