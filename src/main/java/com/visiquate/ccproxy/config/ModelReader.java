package com.visiquate.ccproxy.config;

import com.visiquate.ccproxy.fleet.BackendId;
import com.visiquate.ccproxy.fleet.ModelName;
import com.visiquate.ccproxy.fleet.ModelSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The keys of {@code models}. */
final class ModelReader {
  static final String KEEP_ALIVE = "-1";
  private static final Kind<String> NAME =
      Kind.TEXT.when(
          // It goes into a header.
          text -> !text.isBlank() && text.chars().allMatch(c -> c >= ' ' && c != 0x7f),
          "a name");
  private static final Kind<String> OLLAMA = Kind.text("the name that Ollama knows");
  private static final Kind<Integer> CONTEXT = Kind.whole(4);
  private static final Kind<String> DURATION =
      Kind.TEXT.when(
          text -> text.matches("-?\\d{1,9}|(\\d{1,9}(\\.\\d{1,9})?(ns|us|µs|ms|s|m|h))+"),
          "seconds, a duration such as 30m, or -1 for ever");

  private ModelReader() {}

  static List<ModelSpec> readAll(Section root, Names names, Names backendIds) {
    List<Item> items = root.list("models");
    if (items.isEmpty()) {
      Problem none = Problem.expected(root.place(), "models", "missing", "at least one model");
      root.reading().problem(none);
    }
    List<FallbackReader.Unlinked> unlinked =
        items.stream()
            .flatMap(item -> item.section().stream())
            .flatMap(section -> read(section, names, backendIds).stream())
            .toList();
    List<ModelSpec> models = FallbackReader.link(unlinked, names);
    Doubts.sameWeights(items, models);
    return models;
  }

  private static Optional<FallbackReader.Unlinked> read(
      Section section, Names names, Names backendIds) {
    Optional<String> name = section.required("name", NAME);
    Optional<String> ollama = section.required("ollama", OLLAMA);
    Optional<Integer> context = section.required("context", CONTEXT);
    List<BackendId> backends = backends(section, backendIds);
    boolean warm = section.value("warm", Kind.FLAG, false);
    String keepAlive = section.value("keep-alive", DURATION, KEEP_ALIVE);
    Map<String, Object> options = OptionReader.read(section.entries("options"));
    List<Item> others = section.list("fallbacks");
    List<Item> larger = section.list("context-fallbacks");
    section.end();
    name.ifPresent(known -> names.define(known, section, "name"));
    if (name.isEmpty() || ollama.isEmpty() || context.isEmpty() || backends.isEmpty()) {
      return Optional.empty();
    }
    ModelSpec model =
        new ModelSpec(
            new ModelName(name.get()),
            ollama.get(),
            context.get(),
            backends,
            warm,
            keepAlive,
            options);
    return Optional.of(new FallbackReader.Unlinked(model, others, larger));
  }

  private static List<BackendId> backends(Section section, Names known) {
    List<Item> items = section.list("backends");
    if (items.isEmpty()) {
      section
          .reading()
          .problem(
              Problem.expected(
                  section.place(),
                  section.path() + ".backends",
                  "missing",
                  "at least one backend"));
    }
    return items.stream().flatMap(item -> backend(item, known).stream()).distinct().toList();
  }

  private static Optional<BackendId> backend(Item item, Names known) {
    return item.as(Kind.TEXT).filter(id -> known.expect(id, "backend", item)).map(BackendId::new);
  }
}
