package com.visiquate.ccproxy.config.litellm;

import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * One kind of LiteLLM's fallbacks as a setting of models. Names that lead to one model share its
 * fallbacks; what is written for {@code *} holds for every model without its own.
 */
final class FallbackPart {
  private static final String ANY = "*";
  private final Block file;
  private final Survey survey;
  private final String key;
  private final String setting;
  private final Map<String, String> models;
  private final Map<String, Rule> rules = new LinkedHashMap<>();

  /** A model that answers instead, and where that is written. */
  private record Target(String model, Mark mark) {}

  private record Rule(Mark mark, List<Target> targets) {
    List<Target> besides(String model) {
      return targets.stream().filter(target -> !target.model().equals(model)).toList();
    }

    List<String> names() {
      return targets.stream().map(Target::model).toList();
    }
  }

  /**
   * Nothing is read yet.
   *
   * @param key LiteLLM's
   * @param setting the native one of a model
   * @param models the model of each name; patterns are among the names
   */
  FallbackPart(Block file, Survey survey, String key, String setting, Map<String, String> models) {
    this.file = file;
    this.survey = survey;
    this.key = key;
    this.setting = setting;
    this.models = models;
  }

  FallbackPart read() {
    Optional<Entry> written = preferred(key);
    List<Entry> elements = written.map(Entry::elements).orElse(List.of());
    if (elements.isEmpty()) {
      written.ifPresent(entry -> entry.withoutEffect("it names no model"));
    }
    elements.forEach(this::rules);
    return this;
  }

  /** Also what holds for every model without its own, under a key of its own. */
  FallbackPart readDefaults(String defaults) {
    preferred(defaults).ifPresent(entry -> rule(ANY, entry));
    return this;
  }

  void write(String model, Draft draft) {
    Rule rule = rules.getOrDefault(model, rules.get(ANY));
    List<Target> targets = rule == null ? List.of() : rule.besides(model);
    if (!targets.isEmpty()) {
      List<Node> nodes =
          targets.stream()
              .map(target -> Draft.text(Value.escaped(target.model()), target.mark()))
              .collect(Collectors.toList());
      draft.put(setting, Draft.list(nodes, targets.getFirst().mark()));
    }
  }

  /** The router's own goes before the other. */
  private Optional<Entry> preferred(String name) {
    Optional<Entry> router = file.block("router_settings").entry(name);
    Optional<Entry> other = file.block("litellm_settings").entry(name);
    if (router.isPresent()) {
      other.ifPresent(entry -> entry.withoutEffect("router_settings." + name + " goes before it"));
    }
    return router.or(() -> other);
  }

  private void rules(Entry element) {
    if (element.isBlockOrWrong()) {
      int prefix = element.path().length() + 1;
      Block.of(element).entries().forEach(rule -> rule(rule.path().substring(prefix), rule));
    }
  }

  private void rule(String name, Entry entry) {
    Optional<String> model = name.equals(ANY) ? Optional.of(ANY) : model(name, entry);
    List<Target> targets = new ArrayList<>();
    entry.elements().forEach(element -> target(element).ifPresent(targets::add));
    model.ifPresent(known -> rule(known, new Rule(entry.mark(), distinct(targets)), entry));
  }

  private void rule(String model, Rule rule, Entry entry) {
    Rule kept = new Rule(rule.mark(), rule.besides(model));
    Rule earlier = rules.get(model);
    if (!helps(model, kept)) {
      entry.withoutEffect("no model gets another one by it");
    } else if (earlier != null && !earlier.names().equals(kept.names())) {
      String why = "all names of one model share its fallbacks, and line %d says them";
      entry.withoutEffect(why.formatted(earlier.mark().getLine() + 1));
    } else {
      rules.putIfAbsent(model, kept);
      String whose = model.equals(ANY) ? "each model without its own" : model;
      entry.used("models[].%s of %s".formatted(setting, whose));
    }
  }

  /** Whether it gives any model another one. */
  private boolean helps(String model, Rule rule) {
    return model.equals(ANY)
        ? models.values().stream()
            .anyMatch(one -> !rules.containsKey(one) && !rule.besides(one).isEmpty())
        : !rule.targets().isEmpty();
  }

  private Optional<Target> target(Entry element) {
    return element
        .value()
        .flatMap(value -> model(value.text(), element))
        .map(model -> new Target(model, element.mark()));
  }

  private static List<Target> distinct(List<Target> targets) {
    Map<String, Target> first = new LinkedHashMap<>();
    targets.forEach(target -> first.putIfAbsent(target.model(), target));
    return List.copyOf(first.values());
  }

  /** The model of a name, or of the longest pattern that it fits. */
  private Optional<String> model(String name, Entry entry) {
    Optional<String> model =
        Optional.ofNullable(models.get(name))
            .or(
                () ->
                    models.keySet().stream()
                        .filter(known -> new Alias(known, new ModelName(ANY), null).matches(name))
                        .max(Comparator.comparingInt(String::length))
                        .map(models::get));
    if (model.isEmpty()) {
      survey.unknownModel(entry, name, nearest(name));
    }
    return model;
  }

  private String nearest(String name) {
    int farthest = Math.min(name.length() - 1, Math.max(1, name.length() / 3));
    return models.keySet().stream()
        .filter(known -> Spelling.distance(known, name) <= farthest)
        .min(Comparator.comparingInt(known -> Spelling.distance(known, name)))
        .orElse("");
  }
}
