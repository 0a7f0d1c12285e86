package com.visiquate.ccproxy.config.litellm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.Node;

/**
 * {@code model_list} as backends, models and aliases. Names that lead to the same model in the same
 * places become one model and its aliases, because each model has one waiting room.
 */
final class ModelPart {
  /** Ollama's own, when nobody says anything. */
  private static final String USUAL_WINDOW = "4096";

  private static final String WINDOW = "OLLAMA_CONTEXT_LENGTH";
  private final Block file;
  private final Draft draft;
  private final Survey survey;
  private final Ollamas ollamas = new Ollamas();
  private final List<String> taken = new ArrayList<>();

  ModelPart(Block file, Draft draft, Survey survey) {
    this.file = file;
    this.draft = draft;
    this.survey = survey;
  }

  void translate() {
    List<Deployment> deployments =
        file.blocks("model_list").stream()
            .flatMap(entry -> Deployment.read(entry, survey).stream())
            .toList();
    deployments.forEach(ollamas::add);
    List<ModelGroup> groups = groups(deployments);
    groups.forEach(ModelGroup::check);
    groups.stream().filter(group -> !group.isPattern()).map(ModelGroup::name).forEach(taken::add);
    List<Served> models = models(groups).stream().map(this::served).toList();
    Fallbacks fallbacks = Fallbacks.read(file, survey, names(models));
    Mark mark = file.entry("model_list").map(Entry::mark).orElse(file.mark());
    draft.put("backends", Draft.lines(ollamas.backends(), mark));
    List<Node> written = new ArrayList<>();
    List<Alias> aliases = new ArrayList<>();
    models.forEach(
        model -> {
          Draft draft = draft(model);
          fallbacks.write(model.name(), draft);
          written.add(draft.line());
          aliases.addAll(model.aliases());
        });
    draft.put("models", Draft.lines(written, mark));
    write(aliases);
  }

  /** A name that leads to a model. */
  private record Alias(ModelGroup group, String model) {}

  private static List<ModelGroup> groups(List<Deployment> deployments) {
    Map<String, List<Deployment>> byName = new LinkedHashMap<>();
    deployments.forEach(
        one -> byName.computeIfAbsent(one.group(), unseen -> new ArrayList<>()).add(one));
    return byName.entrySet().stream()
        .map(entry -> new ModelGroup(entry.getKey(), entry.getValue()))
        .toList();
  }

  private List<List<ModelGroup>> models(List<ModelGroup> groups) {
    List<List<ModelGroup>> models = new ArrayList<>();
    for (ModelGroup group : groups) {
      models.stream()
          .filter(names -> names.getFirst().isAlso(group, ollamas))
          .findFirst()
          .orElseGet(
              () -> {
                models.add(new ArrayList<>());
                return models.getLast();
              })
          .add(group);
    }
    return models;
  }

  /** A model under the one of its names that is to be its own. */
  private record Served(String name, List<ModelGroup> groups) {
    Deployment first() {
      return groups.getFirst().first();
    }

    List<Alias> aliases() {
      return groups.stream()
          .filter(group -> !group.name().equals(name))
          .map(group -> new Alias(group, name))
          .toList();
    }
  }

  private Served served(List<ModelGroup> groups) {
    return new Served(name(groups, groups.getFirst().first().ollama()), groups);
  }

  /** The model of each name, those that the router has for it included. */
  private Map<String, String> names(List<Served> models) {
    Map<String, String> names = new LinkedHashMap<>();
    models.forEach(model -> model.groups().forEach(group -> names.put(group.name(), model.name())));
    RouterPart.targets(file)
        .forEach(
            (alias, target) -> {
              if (names.containsKey(target)) {
                names.putIfAbsent(alias, names.get(target));
              }
            });
    return names;
  }

  private Draft draft(Served served) {
    Deployment first = served.first();
    Mark mark = first.model().mark();
    Draft model = new Draft(mark);
    model.text("name", Value.escaped(served.name()), mark);
    model.text("ollama", Value.escaped(first.ollama()), mark);
    model.plain("context", context(first), mark);
    List<Node> backends =
        served.groups().getFirst().backends(ollamas).stream()
            .map(id -> Draft.text(id, mark))
            .toList();
    model.put("backends", Draft.list(backends, mark));
    tune(model, first.tuning(), mark);
    return model;
  }

  private static void tune(Draft model, Tuning tuning, Mark mark) {
    if (!tuning.keepAlive().isEmpty()) {
      model.plain("keep-alive", tuning.keepAlive(), mark);
    }
    if (!tuning.options().isEmpty()) {
      Draft options = new Draft(mark);
      tuning.options().forEach((key, option) -> options.put(key, option.node()));
      model.put("options", options.line());
    }
  }

  /** The most honest of its names: that which says what runs. */
  private String name(List<ModelGroup> names, String ollama) {
    List<String> literal =
        names.stream().filter(group -> !group.isPattern()).map(ModelGroup::name).toList();
    Stream<String> honest = Stream.of(ollama, "ollama/" + ollama, "ollama_chat/" + ollama);
    return honest
        .filter(literal::contains)
        .findFirst()
        .or(() -> literal.stream().findFirst())
        .orElseGet(() -> free(ollama));
  }

  /** A name for what has only patterns. */
  private String free(String wanted) {
    String name = wanted;
    for (int i = 2; taken.contains(name); i++) {
      name = wanted + "#" + i;
    }
    taken.add(name);
    return name;
  }

  private String context(Deployment first) {
    Integer context = first.tuning().context();
    if (context != null) {
      return context.toString();
    }
    String window = survey.variables().value(WINDOW).isPresent() ? reference() : USUAL_WINDOW;
    first
        .model()
        .doubt(
            "no num_ctx: its window is %s tokens, as Ollama's own would be; longer prompts are refused"
                .formatted(survey.variables().value(WINDOW).orElse(USUAL_WINDOW)));
    return window;
  }

  private String reference() {
    return survey.variables().reference(WINDOW);
  }

  /** The first that matches wins here, the longest there. */
  private void write(List<Alias> aliases) {
    if (aliases.isEmpty()) {
      return;
    }
    Draft section = draft.section("aliases", file.mark());
    Comparator<Alias> exactFirst =
        Comparator.comparing((Alias alias) -> alias.group().isPattern())
            .thenComparing(alias -> alias.group().isPattern() ? -alias.group().name().length() : 0);
    aliases.stream()
        .sorted(exactFirst)
        .forEach(
            alias ->
                section.text(
                    alias.group().name(),
                    Value.escaped(alias.model()),
                    alias.group().first().model().mark()));
  }
}
