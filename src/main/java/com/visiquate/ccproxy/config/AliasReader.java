package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.Alias;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.Priority;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The keys of {@code aliases}, in their order: the first that matches wins. */
final class AliasReader {
  private AliasReader() {}

  static List<Alias> readAll(Section root, Names models) {
    Map<String, Item> entries = root.entries("aliases");
    List<Alias> aliases = new ArrayList<>();
    entries.forEach(
        (pattern, item) ->
            read(pattern, item, models)
                .ifPresent(
                    alias -> {
                      Doubts.shadowed(item, alias, aliases);
                      Doubts.hidden(item, alias, models);
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

  private static Optional<Alias> alias(
      String pattern, Optional<String> model, Item at, @Nullable Priority priority, Names models) {
    return model
        .filter(name -> models.expect(name, "model", at))
        .map(name -> new Alias(pattern, new ModelName(name), priority));
  }
}
