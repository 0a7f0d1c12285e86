package com.visiquate.ccproxy.simulator.engine;

import com.visiquate.ccproxy.simulator.request.Claim;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The runs that have no slot yet: those whose model is being loaded, and a line for each model. */
final class Lines {
  private final List<Run> loading = new ArrayList<>();
  private final Map<String, Deque<Run>> waiting = new HashMap<>();

  void addLoading(Run run) {
    loading.add(run);
  }

  void removeLoading(Run run) {
    loading.remove(run);
  }

  /** Whose model has been loaded by this. */
  Optional<Run> loading(Claim claim) {
    return loading.stream().filter(run -> run.claim().equals(claim)).findFirst();
  }

  /** At the end of the line of its model. */
  void add(Run run) {
    line(run).add(run);
  }

  void remove(Run run) {
    line(run).remove(run);
  }

  /** The first one that waits for the same model as this; null when nobody does. */
  @Nullable Run first(Run run) {
    return line(run).peek();
  }

  private Deque<Run> line(Run run) {
    return waiting.computeIfAbsent(run.model().name(), name -> new ArrayDeque<>());
  }
}
