package com.visiquate.ccproxy.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The models and the names that lead to them. */
public record Catalogue(List<ModelSpec> models, List<Alias> aliases) {
  /** The tag that Ollama's clients add to every name that has none. */
  private static final String DEFAULT_TAG = ":latest";

  /** Where a name leads, and with which class when the alias says one. */
  public record Match(ModelSpec model, @Nullable Priority priority) {}

  public Catalogue {
    models = List.copyOf(models);
    aliases = List.copyOf(aliases);
  }

  /**
   * The model that a client means: the first alias that matches, else a model of that name, else
   * what the same name means without the tag {@code latest}.
   */
  public Optional<Match> find(String name) {
    return exact(name).or(() -> exact(untagged(name)));
  }

  /** The same name as it is written here, for those to whom upper and lower case are one. */
  public String inOurCase(String name) {
    if (find(name).isPresent()) {
      return name;
    }
    String plain = untagged(name);
    String lower = name.toLowerCase(Locale.ROOT);
    return names().stream()
        .filter(known -> known.equalsIgnoreCase(name) || known.equalsIgnoreCase(plain))
        .findFirst()
        .orElse(find(lower).isPresent() ? lower : name);
  }

  /** The name without the tag {@code latest}. */
  public static String untagged(String name) {
    return name.endsWith(DEFAULT_TAG)
        ? name.substring(0, name.length() - DEFAULT_TAG.length())
        : name;
  }

  private Optional<Match> exact(String name) {
    for (Alias alias : aliases) {
      if (alias.matches(name)) {
        return model(alias.model()).map(model -> new Match(model, alias.priority()));
      }
    }
    return named(name).map(model -> new Match(model, null));
  }

  private Optional<ModelSpec> named(String name) {
    return name.isBlank() ? Optional.empty() : model(new ModelName(name));
  }

  public Optional<ModelSpec> model(ModelName name) {
    for (ModelSpec model : models) {
      if (model.name().equals(name)) {
        return Optional.of(model);
      }
    }
    return Optional.empty();
  }

  /** Every name that a client may use literally: aliases without a pattern, then models. */
  public List<String> names() {
    Stream<String> exact = aliases.stream().filter(a -> !a.isPattern()).map(Alias::pattern);
    return Stream.concat(exact, models.stream().map(m -> m.name().value())).distinct().toList();
  }

  /** The known names that look most like a name, best first, at most three. */
  public List<String> nearest(String name) {
    return names().stream()
        .sorted(Comparator.comparingInt(known -> Spelling.distance(known, name)))
        .limit(3)
        .toList();
  }
}
