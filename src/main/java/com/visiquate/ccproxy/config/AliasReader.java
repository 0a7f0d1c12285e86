package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import com.visiquate.ccproxy.fleet.Priority;
import com.visiquate.ccproxy.fleet.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of {@code aliases}, in their order: the first that matches wins. */
final class AliasReader {
  private static final int LARGEST_SHARE = 1_000_000;

  private AliasReader() {}

  static List<Alias> readAll(Section root, Names models, List<ModelSpec> specs) {
    Map<String, Item> entries = root.entries("aliases");
    List<Alias> aliases = new ArrayList<>();
    entries.forEach(
        (pattern, item) ->
            read(pattern, item, models)
                .ifPresent(
                    alias -> {
                      Doubts.shadowed(item, alias, aliases);
                      Doubts.hidden(item, alias, models);
                      Doubts.sharedWindows(item, alias, specs);
                      aliases.add(alias);
                    }));
    return aliases;
  }

  private static Optional<Alias> read(String pattern, Item item, Names models) {
    if (pattern.isBlank()) {
      String expectation = "a name or a pattern";
      item.reading().problem(Problem.expected(item.named(), item.path(), pattern, expectation));
      return Optional.empty();
    }
    if (item.isList()) {
      return shared(pattern, item, models);
    }
    return item.isSection()
        ? item.section().flatMap(section -> detailed(pattern, section, item, models))
        : alias(pattern, item.as(Kind.TEXT), item, null, models);
  }

  private static Optional<Alias> detailed(
      String pattern, Section section, Item item, Names models) {
    Optional<String> model = section.required("model", Kind.TEXT);
    Optional<Priority> priority = section.optional("priority", PlanReader.PRIORITY, "");
    section.end();
    Item at = section.entry("model").orElse(item);
    return alias(pattern, model, at, priority.orElse(null), models);
  }

  private static Optional<Alias> shared(String pattern, Item item, Names models) {
    Names defined = new Names();
    int before = item.reading().problemCount();
    List<Share> shares =
        item.elements().stream()
            .flatMap(element -> element.section().stream())
            .flatMap(section -> share(section, defined, models).stream())
            .toList();
    if (item.reading().problemCount() > before) {
      return Optional.empty();
    }
    if (shares.stream().noneMatch(share -> share.weight() > 0)) {
      String expectation = "at least one model with a share > 0";
      item.reading().problem(Problem.expected(item.place(), item.path(), "no share", expectation));
      return Optional.empty();
    }
    return Optional.of(new Alias(pattern, shares, null));
  }

  private static Optional<Share> share(Section section, Names defined, Names models) {
    Optional<String> model = section.required("model", Kind.TEXT);
    Optional<Integer> weight = section.required("share", Kind.whole(0, LARGEST_SHARE));
    section.end();
    Optional<Item> at = section.entry("model");
    return model
        .filter(name -> at.isEmpty() || models.expect(name, "model", at.get()))
        .flatMap(
            name -> {
              defined.define(name, section, "model");
              return weight.map(part -> new Share(new ModelName(name), part));
            });
  }

  private static Optional<Alias> alias(
      String pattern, Optional<String> model, Item at, @Nullable Priority priority, Names models) {
    return model
        .filter(name -> models.expect(name, "model", at))
        .map(name -> new Alias(pattern, new ModelName(name), priority));
  }
}
