package com.visiquate.ccproxy.routing.backends;

import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The backends that are configured for one model, in the order of the plan. Owns which of them are
 * well, and which are not busy: every event asks for those, so they are kept, and corrected by each
 * backend that changes.
 */
final class ModelBackends {
  private final ModelName model;
  private final List<BackendView> all;
  private final Map<BackendView, Integer> places = new HashMap<>();
  private final BitSet notBusy = new BitSet();
  private @Nullable List<BackendView> open;
  private @Nullable List<BackendView> fit;
  private @Nullable List<BackendView> up;

  ModelBackends(ModelName model, List<BackendView> all) {
    this.model = model;
    this.all = List.copyOf(all);
    for (BackendView view : this.all) {
      places.put(view, places.size());
      look(view);
    }
  }

  ModelName model() {
    return model;
  }

  List<BackendView> all() {
    return all;
  }

  /** It says how it is, or ends its pause. */
  void changed(BackendView view) {
    fit = null;
    up = null;
    look(view);
  }

  /** It may be busy now, or not be busy any more. */
  void look(BackendView view) {
    Integer place = places.get(view);
    if (place != null && notBusy.get(place) == view.isBusy(model)) {
      notBusy.flip(place);
      open = null;
    }
  }

  /** Those that are not busy, see {@link BackendView#isBusy}. */
  List<BackendView> open() {
    List<BackendView> known = open;
    if (known == null) {
      known = new ArrayList<>(notBusy.cardinality());
      for (int i = notBusy.nextSetBit(0); i >= 0; i = notBusy.nextSetBit(i + 1)) {
        known.add(all.get(i));
      }
      open = known;
    }
    return known;
  }

  /** Those that are up, or all when none is. */
  List<BackendView> likely() {
    List<BackendView> known = up;
    if (known == null) {
      known = all.stream().filter(view -> view.health() == Health.UP).toList();
      up = known;
    }
    return known.isEmpty() ? all : known;
  }

  /** Those that are well enough for a request. */
  List<BackendView> fit() {
    List<BackendView> known = fit;
    if (known == null) {
      known = fit(all);
      fit = known;
    }
    return known;
  }

  /** Whether one of them is well enough for a request. */
  boolean isFit(BackendView view) {
    return switch (view.health()) {
      case UP, PROBING -> true;
      case SUSPECT -> fit().contains(view);
      case UNKNOWN, DOWN -> false;
    };
  }

  /** Those of some that are well enough: one that is suspect only where none is up. */
  static List<BackendView> fit(List<BackendView> backends) {
    boolean anyUp = backends.stream().anyMatch(view -> view.health() == Health.UP);
    return backends.stream().filter(view -> isFit(view.health(), anyUp)).toList();
  }

  private static boolean isFit(Health health, boolean anyUp) {
    return switch (health) {
      case UP, PROBING -> true;
      case SUSPECT -> !anyUp;
      case UNKNOWN, DOWN -> false;
    };
  }
}
