package com.visiquate.ccproxy.config.litellm;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The entries of one {@code model_name}: one model on several Ollamas. */
record ModelGroup(String name, List<Deployment> deployments) {
  ModelGroup {
    deployments = List.copyOf(deployments);
  }

  /** Notes what cannot be one model, and what will not be as it is written. */
  void check() {
    Deployment first = first();
    for (Deployment other : deployments.subList(1, deployments.size())) {
      if (!other.ollama().equals(first.ollama())) {
        other
            .model()
            .wrong(
                "%s, as line %d has for \"%s\"; a model of its own needs a model_name of its own"
                    .formatted(first.ollama(), first.model().mark().getLine() + 1, name));
      } else if (!other.tuning().isLike(first.tuning())) {
        other
            .model()
            .doubt(
                "its window, options and keep_alive differ from those of line %d, which hold"
                    .formatted(first.model().mark().getLine() + 1));
      }
    }
  }

  Deployment first() {
    return deployments.getFirst();
  }

  boolean isPattern() {
    return name.contains("*");
  }

  /** Whether both are the same model in the same places, under two names. */
  boolean isAlso(ModelGroup other, Ollamas ollamas) {
    return first().ollama().equals(other.first().ollama())
        && first().tuning().isLike(other.first().tuning())
        && Set.copyOf(backends(ollamas)).equals(Set.copyOf(other.backends(ollamas)));
  }

  List<String> backends(Ollamas ollamas) {
    return deployments.stream()
        .map(deployment -> ollamas.id(deployment.address()))
        .distinct()
        .collect(Collectors.toList());
  }
}
