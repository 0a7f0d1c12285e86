package com.visiquate.ccproxy.routing.schedule;

import com.visiquate.ccproxy.bus.Fact.Belief;
import com.visiquate.ccproxy.bus.Fact.Corrected;
import com.visiquate.ccproxy.chat.Counts;
import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.GhostRule;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.routing.backends.BackendView;
import com.visiquate.ccproxy.routing.backends.TakenSlot;
import com.visiquate.ccproxy.routing.estimate.Estimator;
import com.visiquate.ccproxy.routing.estimate.Rate;
import com.visiquate.ccproxy.routing.request.RoutingEffect;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches whether abandoned prompts really stop where they are said to. Owns what was seen of that
 * on each backend, until its Ollama is another one.
 */
final class Ghosts {
  /** A batch may take so many times longer than expected. */
  private static final double SLOWER = 1.25;

  private final Estimator estimator;
  private final Map<BackendId, Watched> watched = new HashMap<>();

  private record Watched(String version, Map<ModelName, GhostTruth> models) {}

  Ghosts(Estimator estimator) {
    this.estimator = estimator;
  }

  /** Another Ollama, or the same one started anew: its version speaks again. */
  void heard(BackendStatus status) {
    Watched before = watched.get(status.id());
    boolean same = before != null && before.version().equals(status.version());
    if (!same || status.health() == Health.DOWN) {
      watched.put(status.id(), new Watched(status.version(), new HashMap<>()));
    }
  }

  /** Whether abandoned prompts were seen to run on there, against what is said of its version. */
  boolean areSeen(BackendId backend) {
    Watched at = watched.get(backend);
    return at != null && at.models().values().stream().anyMatch(GhostTruth::isHaunted);
  }

  /** A client left in the prompt, and its backend says that the slot is free. */
  void abandoned(BackendView view, TakenSlot taken, Instant now) {
    Watched at = watched.get(view.id());
    if (at != null && view.spec().ghosts() == GhostRule.AUTO) {
      at.models()
          .computeIfAbsent(taken.model(), missing -> new GhostTruth())
          .abandoned(now, taken.prompt(now));
    }
  }

  /** A request was answered to its end. */
  List<RoutingEffect> ended(BackendView view, TakenSlot taken, Counts counts) {
    Watched at = watched.get(view.id());
    GhostTruth truth = at == null ? null : at.models().get(taken.model());
    if (truth == null || view.spec().ghosts() != GhostRule.AUTO) {
      return List.of();
    }
    Rate rate = estimator.rate(view, taken.model());
    long pause = (long) (SLOWER * estimator.batch(view, taken.model()));
    boolean only = view.slots(taken.model()) == 1;
    boolean corrected =
        rate.isLearnt() && truth.waited(taken.since(), counts.waitNanos(), pause, only);
    return corrected
        ? List.of(new RoutingEffect.Haunted(view.id()), correct(view.id(), taken.model()))
        : List.of();
  }

  private static RoutingEffect correct(BackendId backend, ModelName model) {
    String now = "abandoned prompts run on";
    return new RoutingEffect.Correct(new Corrected(backend, model, Belief.GHOSTS, now));
  }
}
