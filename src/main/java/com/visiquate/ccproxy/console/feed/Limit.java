package com.visiquate.ccproxy.console.feed;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.BackendStatus;
import com.visiquate.ccproxy.fleet.Health;
import com.visiquate.ccproxy.fleet.Label;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.QueueReport;
import com.visiquate.ccproxy.fleet.QueueReport.Phase;
import com.visiquate.ccproxy.fleet.QueueReport.Taken;
import com.visiquate.ccproxy.fleet.Withheld;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What limits the gateway now, in one sentence for an operator. */
final class Limit {
  private final Picture picture;

  private Limit(Picture picture) {
    this.picture = picture;
  }

  static String of(Picture picture) {
    return new Limit(picture).sentence();
  }

  /** Why no request for a model can start anywhere; empty when one can, or is just not next. */
  static String obstacle(Picture picture, ModelName model) {
    return new Limit(picture).obstacle(model);
  }

  private String sentence() {
    List<QueueReport.Backend> all = picture.report().backends();
    if (all.isEmpty()) {
      return "No backend is configured.";
    }
    if (all.stream().noneMatch(this::isUsable)) {
      return "No backend takes work: " + standing(all) + ".";
    }
    return longest().map(this::queue).orElseGet(() -> quiet(all));
  }

  private Optional<QueueReport.Model> longest() {
    return picture.report().models().stream()
        .filter(model -> model.size() > 0)
        .max(Comparator.comparingInt(QueueReport.Model::size));
  }

  private static String quiet(List<QueueReport.Backend> all) {
    int slots = all.stream().mapToInt(QueueReport.Backend::slots).sum();
    int taken = all.stream().mapToInt(backend -> backend.taken().size()).sum();
    return taken == 0
        ? "Nothing waits and nothing runs."
        : "Nothing waits; %d of %d slots work.".formatted(taken, slots);
  }

  private String queue(QueueReport.Model model) {
    String obstacle = obstacle(model.name());
    String waits = model.size() == 1 ? "1 request waits" : model.size() + " requests wait";
    String head = "%s for %s: ".formatted(waits, model.name());
    if (!obstacle.isEmpty()) {
      return head + obstacle + ".";
    }
    List<QueueReport.Backend> usable = usable(model.name());
    Slots slots = Slots.of(usable, model.name());
    return head + slots.words() + (slots.isBusyWithIts() ? help(model, usable) : "") + ".";
  }

  /** What would help where nothing is in the way but work of the same kind. */
  private static String help(QueueReport.Model model, List<QueueReport.Backend> usable) {
    QueueReport.Backend largest =
        Collections.max(usable, Comparator.comparingInt(QueueReport.Backend::slots));
    int more = Math.min(model.size(), largest.slots());
    return more == model.size()
        ? "; another backend like %s would start %s"
            .formatted(largest.id(), more == 1 ? "it" : "them")
        : "; another backend like %s would start %d of them".formatted(largest.id(), more);
  }

  private String obstacle(ModelName model) {
    List<QueueReport.Backend> serving = serving(model);
    if (serving.isEmpty()) {
      return "no backend has it";
    }
    return serving.stream().noneMatch(this::isUsable) ? standing(serving) : "";
  }

  private String standing(List<QueueReport.Backend> backends) {
    List<String> words = new ArrayList<>();
    for (QueueReport.Backend backend : backends) {
      words.add("%s is %s".formatted(backend.id(), word(backend)));
    }
    int most = 3;
    String rest = words.size() > most ? " and %d more".formatted(words.size() - most) : "";
    return String.join(", ", words.subList(0, Math.min(most, words.size()))) + rest;
  }

  private String word(QueueReport.Backend backend) {
    BackendStatus status = picture.status(backend.id());
    Withheld withheld = status == null ? null : status.withheld();
    if (withheld != null) {
      return (withheld.isDrained() ? "drained by " : "held back by ") + withheld.by();
    }
    return backend.health() == Health.UNKNOWN ? "not checked yet" : Label.of(backend.health());
  }

  private List<QueueReport.Backend> usable(ModelName model) {
    return serving(model).stream().filter(this::isUsable).toList();
  }

  private List<QueueReport.Backend> serving(ModelName model) {
    List<BackendId> ids =
        picture.plan().catalogue().model(model).map(ModelSpec::backends).orElse(List.of());
    return picture.report().backends().stream()
        .filter(backend -> ids.contains(backend.id()))
        .toList();
  }

  private boolean isUsable(QueueReport.Backend backend) {
    BackendStatus status = picture.status(backend.id());
    boolean withheld = status != null && status.withheld() != null;
    return !withheld && backend.health() != Health.DOWN && backend.health() != Health.UNKNOWN;
  }

  /** What the slots are doing that a model could have. */
  private record Slots(int all, int prompts, int answers, int ghosts, int others, int held) {
    static Slots of(List<QueueReport.Backend> backends, ModelName model) {
      List<Taken> taken = backends.stream().flatMap(one -> one.taken().stream()).toList();
      List<Taken> own = taken.stream().filter(one -> one.request().model().equals(model)).toList();
      return new Slots(
          backends.stream().mapToInt(QueueReport.Backend::slots).sum(),
          count(own, Phase.PROMPT),
          count(own, Phase.ANSWER),
          count(own, Phase.GHOST),
          taken.size() - own.size(),
          (int)
              backends.stream()
                  .flatMap(one -> one.held().stream())
                  .filter(one -> one.model().equals(model))
                  .count());
    }

    private static int count(List<Taken> taken, Phase phase) {
      return (int) taken.stream().filter(one -> one.phase() == phase).count();
    }

    boolean isBusyWithIts() {
      return prompts + answers >= all && all > 0;
    }

    String words() {
      List<String> doing = new ArrayList<>();
      add(doing, prompts, "computes a prompt", "compute prompts");
      add(doing, answers, "answers", "answer");
      add(
          doing,
          ghosts,
          "works on for a client that has left",
          "work on for clients that have left");
      add(doing, held, "is held for a conversation", "are held for conversations");
      add(doing, others, "runs another model", "run other models");
      if (doing.isEmpty()) {
        return "it is about to start";
      }
      String what = String.join(", ", doing);
      return all == 1 ? "its slot " + what.substring(2) : "of %d slots %s".formatted(all, what);
    }

    private static void add(List<String> to, int count, String one, String many) {
      if (count > 0) {
        to.add(count + " " + (count == 1 ? one : many));
      }
    }
  }
}
