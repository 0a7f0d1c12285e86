package com.visiquate.ccproxy.fleet;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
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
   * what the same name means without the tag {@code latest}. Where models share an alias, this is
   * the one with the largest share, by which the name is described.
   */
  public Optional<Match> find(String name) {
    return exact(name).or(() -> exact(untagged(name)));
  }

  /**
   * The model that a conversation means by a name that several models share, always the same for
   * the same shares; empty when none do, and then {@link #find} says all.
   *
   * @param conversation null for what must not differ from one to the next: the largest share
   * @param allowed those that its client may use; what it may not is shared by the others
   */
  public Optional<ModelName> choose(
      String name, @Nullable String conversation, Predicate<ModelName> allowed) {
    return alias(name)
        .filter(Alias::isShared)
        .flatMap(alias -> choose(alias, conversation, allowed));
  }

  private static Optional<ModelName> choose(
      Alias alias, @Nullable String conversation, Predicate<ModelName> allowed) {
    List<Share> open =
        alias.shares().stream()
            .filter(share -> share.weight() > 0 && allowed.test(share.model()))
            .toList();
    if (open.isEmpty()) {
      return Optional.empty();
    }
    Alias usable = new Alias(alias.pattern(), open, alias.priority(), alias.compiled());
    return Optional.of(conversation == null ? usable.model() : Draw.among(open, conversation));
  }

  /** Every model to which a name may lead. */
  public List<ModelSpec> models(String name) {
    List<ModelSpec> shared =
        alias(name).stream()
            .flatMap(alias -> alias.shares().stream())
            .filter(share -> share.weight() > 0)
            .flatMap(share -> model(share.model()).stream())
            .toList();
    return shared.isEmpty() ? find(name).map(Match::model).stream().toList() : shared;
  }

  private Optional<Alias> alias(String name) {
    Optional<Alias> exact = matching(name);
    // A model's own name goes before an alias without the tag.
    return exact.isPresent() || exact(name).isPresent() ? exact : matching(untagged(name));
  }

  private Optional<Alias> matching(String name) {
    for (Alias alias : aliases) {
      if (alias.matches(name)) {
        return Optional.of(alias);
      }
    }
    return Optional.empty();
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
    Optional<Alias> alias = matching(name);
    return alias.isPresent()
        ? alias.flatMap(one -> model(one.model()).map(model -> new Match(model, one.priority())))
        : named(name).map(model -> new Match(model, null));
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
