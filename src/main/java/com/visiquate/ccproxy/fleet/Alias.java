package com.visiquate.ccproxy.fleet;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A name, or a pattern in which {@code *} is any run of characters, that leads to a model, or to
 * one of several by their shares.
 *
 * @param shares at least one, and at least one with a weight
 * @param priority the class of its requests; null leaves it to the other rules
 */
public record Alias(
    String pattern, List<Share> shares, @Nullable Priority priority, Pattern compiled) {
  public Alias {
    shares = List.copyOf(shares);
    boolean led = shares.stream().anyMatch(share -> share.weight() > 0);
    Expect.that(led, "shares", shares, "at least one > 0");
  }

  public Alias(String pattern, List<Share> shares, @Nullable Priority priority) {
    this(pattern, shares, priority, compile(pattern));
  }

  /** One that leads to one model. */
  public Alias(String pattern, ModelName model, @Nullable Priority priority) {
    this(pattern, List.of(new Share(model, 1)), priority);
  }

  /** The model that it leads to most often; of equal ones the first. */
  public ModelName model() {
    Share largest = shares.getFirst();
    for (Share share : shares) {
      largest = share.weight() > largest.weight() ? share : largest;
    }
    return largest.model();
  }

  /** Whether several models share what comes by it. */
  public boolean isShared() {
    return shares.size() > 1;
  }

  public boolean leadsTo(ModelName model) {
    return shares.stream().anyMatch(share -> share.model().equals(model));
  }

  /** Whether a client that names {@code name} means this alias. Upper and lower case differ. */
  public boolean matches(String name) {
    return isPattern() ? compiled.matcher(name).matches() : pattern.equals(name);
  }

  public boolean isPattern() {
    return pattern.indexOf('*') >= 0;
  }

  /** Two aliases that say the same are equal, although their compiled patterns never are. */
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Alias alias
        && pattern.equals(alias.pattern)
        && shares.equals(alias.shares)
        && priority == alias.priority;
  }

  @Override
  public int hashCode() {
    return Objects.hash(pattern, shares, priority);
  }

  private static Pattern compile(String pattern) {
    String regex =
        Stream.of(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    return Pattern.compile(regex, Pattern.DOTALL);
  }
}
