package com.visiquate.ccproxy.config.litellm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/** The Ollamas that the entries name, each once, however its address is spelt. */
final class Ollamas {
  /** As many as Ollama's own default for one model ever was, and then some. */
  private static final int MANY_SLOTS = 8;

  private final List<Ollama> known = new ArrayList<>();

  private static final class Ollama {
    private final Deployment first;
    private final String id;
    private @Nullable Integer slots;
    private @Nullable String weight;

    private Ollama(Deployment first, String id) {
      this.first = first;
      this.id = id;
    }
  }

  /** Takes what an entry says of its Ollama. */
  void add(Deployment deployment) {
    Ollama ollama =
        find(deployment.address())
            .orElseGet(
                () -> {
                  Ollama unseen = new Ollama(deployment, freeId(deployment.address().id()));
                  known.add(unseen);
                  return unseen;
                });
    Integer slots = deployment.tuning().slots();
    if (slots != null) {
      ollama.slots = ollama.slots == null ? slots : Integer.valueOf(Math.min(ollama.slots, slots));
    }
    String weight = deployment.tuning().weight();
    if (weight != null && ollama.weight != null && !weight.equals(ollama.weight)) {
      deployment
          .model()
          .doubt("its weight differs from an earlier one of the same Ollama, which holds");
    }
    ollama.weight = ollama.weight == null ? weight : ollama.weight;
    doubtManySlots(deployment);
  }

  private static void doubtManySlots(Deployment deployment) {
    Integer slots = deployment.tuning().slots();
    if (slots != null && slots > MANY_SLOTS) {
      String what =
          "max_parallel_requests: %d become slots; what is more than its OLLAMA_NUM_PARALLEL waits"
              + " inside Ollama, unseen";
      deployment.model().doubt(what.formatted(slots));
    }
  }

  String id(Address address) {
    return find(address).orElseThrow().id;
  }

  /** The native list. */
  List<Node> backends() {
    return known.stream().map(Ollamas::backend).toList();
  }

  private static Node backend(Ollama ollama) {
    Mark mark = ollama.first.model().mark();
    Draft backend = new Draft(mark);
    backend.text("id", ollama.id, mark).text("url", ollama.first.url(), mark);
    backend.plain("slots", Integer.toString(ollama.slots == null ? 1 : ollama.slots), mark);
    if (ollama.weight != null) {
      backend.plain("weight", ollama.weight, mark);
    }
    return backend.line();
  }

  private Optional<Ollama> find(Address address) {
    return known.stream().filter(one -> one.first.address().isSameAs(address)).findFirst();
  }

  private String freeId(String wanted) {
    String id = wanted;
    for (int i = 2; isTaken(id); i++) {
      id = wanted + "-" + i;
    }
    return id;
  }

  private boolean isTaken(String id) {
    return known.stream().anyMatch(one -> one.id.equals(id));
  }
}
