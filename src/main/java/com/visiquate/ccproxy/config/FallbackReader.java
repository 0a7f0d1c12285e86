package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.Fallbacks;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys {@code fallbacks} and {@code context-fallbacks} of models. They may name models that
 * stand further down, so they are read when all models are known.
 */
final class FallbackReader {
  private final Names names;
  private final Map<ModelName, ModelSpec> models = new HashMap<>();

  /** A model whose fallbacks have not been looked at. */
  record Unlinked(ModelSpec model, List<Item> others, List<Item> larger) {}

  private FallbackReader(Names names) {
    this.names = names;
  }

  /** The models with their fallbacks. */
  static List<ModelSpec> link(List<Unlinked> models, Names names) {
    FallbackReader reader = new FallbackReader(names);
    models.forEach(one -> reader.models.putIfAbsent(one.model().name(), one.model()));
    return models.stream().map(reader::link).toList();
  }

  private ModelSpec link(Unlinked unlinked) {
    ModelSpec model = unlinked.model();
    List<ModelName> others = read(unlinked.others(), model);
    List<ModelName> larger = read(unlinked.larger(), model);
    unlinked.larger().forEach(item -> doubt(item, model));
    return model.with(new Fallbacks(others, larger));
  }

  private List<ModelName> read(List<Item> items, ModelSpec model) {
    List<ModelName> read = new ArrayList<>();
    for (Item item : items) {
      item.as(Kind.TEXT)
          .filter(name -> names.expect(name, "model", item))
          .map(ModelName::new)
          .filter(name -> isNew(name, read, model, item))
          .ifPresent(read::add);
    }
    return read;
  }

  private static boolean isNew(ModelName name, List<ModelName> read, ModelSpec model, Item item) {
    String expectation =
        name.equals(model.name())
            ? "another model than the one that it is for"
            : read.contains(name) ? "each model once" : "";
    if (!expectation.isEmpty()) {
      item.reading()
          .problem(Problem.expected(item.place(), item.path(), name.value(), expectation));
    }
    return expectation.isEmpty();
  }

  /** A prompt that is too long for a window is so for a smaller one. */
  private void doubt(Item item, ModelSpec model) {
    item.as(Kind.TEXT)
        .filter(name -> !name.isBlank())
        .map(name -> models.get(new ModelName(name)))
        .filter(other -> other.context() <= model.context() && !other.equals(model))
        .ifPresent(other -> Doubts.noLarger(item, model, other));
  }
}
